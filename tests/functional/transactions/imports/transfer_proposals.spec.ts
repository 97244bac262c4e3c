import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, categoryOf, household, record, split, transfer } from '#tests/support/household'
import { importFile, revert, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf } from '#tests/support/ledger'
import { accept, proposals, refuse, withdraw } from '#tests/support/proposals'

const TRANSACTIONS = '/api/v1/transactions'
const file = (...rows: string[]) => ['date,payee,amount', ...rows].join('\n')
const OUT = '2026-01-15,Savings plan,-200.00'
const IN = '2026-01-17,Ada Lovelace,200.00'

/** What left checking and came onto savings, each by the file of its bank. */
async function bothSides(client: ApiClient) {
  const { user, checking, savings } = await household({ checking: 0, savings: 0 })
  const first = await importFile(client, user, checking, file(OUT))
  const second = await importFile(client, user, savings, file(IN))
  const [proposal] = await proposals(client, user)
  return { user, checking, savings, first, second, proposal }
}

test.group('Transfer proposals', () => {
  test('find both sides', async ({ client, assert }) => {
    const { user, first, second, proposal } = await bothSides(client)

    const [[out], [into]] = [
      await verdicts(client, user, first.id),
      await verdicts(client, user, second.id),
    ]
    assert.containsSubset(proposal, {
      kind: 'transfer',
      status: 'open',
      importId: second.id,
      transactionId: out.transactionId,
      matchId: into.transactionId,
      daysApart: 2,
    })
  })

  test('find them in one file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0, savings: 0 })
    const csv = [
      'date,account,payee,amount',
      '2026-01-15,checking,To savings,-200.00',
      '2026-01-15,savings,From checking,200.00',
    ].join('\n')

    await importFile(client, user, checking, csv, {
      mapping: { bookedOn: 'date', account: 'account', payee: 'payee', amount: 'amount' },
    })

    assert.lengthOf(await proposals(client, user, { kind: 'transfer' }), 1)
  })

  test('find what was entered by hand', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const mine = await record(user, {
      accountId: savings.id,
      amount: 200_00,
      bookedOn: '2026-01-15',
    })

    await importFile(client, user, checking, file(OUT))

    const [proposal] = await proposals(client, user)
    assert.containsSubset(proposal, { kind: 'transfer', matchId: mine.id })
  })

  test('are not made for {title}')
    .with([
      { title: 'one account', account: 'checking', amount: 200_00, bookedOn: '2026-01-15' },
      { title: 'another amount', account: 'savings', amount: 200_01, bookedOn: '2026-01-15' },
      { title: 'a day too far', account: 'savings', amount: 200_00, bookedOn: '2026-01-20' },
      { title: 'the same direction', account: 'savings', amount: -200_00, bookedOn: '2026-01-15' },
    ] as const)
    .run(async ({ client, assert }, { account, ...mine }) => {
      const { user, ...accounts } = await household({ checking: 0, savings: 0 })
      await record(user, { accountId: accounts[account].id, ...mine })

      await importFile(client, user, accounts.checking, file(OUT))

      assert.isEmpty(await proposals(client, user))
    })

  test('leave splits and transfers alone', async ({ client, assert }) => {
    const { user, checking, savings, cash } = await household({ checking: 0, savings: 0, cash: 0 })
    const salary = await record(user, {
      accountId: savings.id,
      amount: 200_00,
      bookedOn: '2026-01-15',
    })
    await split(user, salary, [
      [await categoryOf(user, 'Salary'), 150_00],
      [await categoryOf(user, 'Gifts'), 50_00],
    ])
    await transfer(user, savings, cash, 200_00)

    await importFile(client, user, checking, file(OUT))

    assert.isEmpty(await proposals(client, user, { kind: 'transfer' }))
  })

  test('take the closest day', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const days = ['2026-01-11', '2026-01-14', '2026-01-18']
    const mine = []
    for (const bookedOn of days) {
      mine.push(await record(user, { accountId: savings.id, amount: 200_00, bookedOn }))
    }

    await importFile(client, user, checking, file(OUT))

    const found = await proposals(client, user)
    assert.deepEqual(
      found.map(({ matchId }) => matchId),
      [mine[1].id]
    )
  })

  test('pair many equal ones', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const equal = (row: string) => file(...Array.from({ length: 25 }, () => row))
    await importFile(client, user, checking, equal(OUT))

    await importFile(client, user, savings, equal(IN))

    const found = await proposals(client, user, { kind: 'transfer' })
    assert.lengthOf(found, 25)
    assert.lengthOf(new Set(found.flatMap((each) => [each.transactionId, each.matchId])), 50)
  })

  test('pair equal ones that come one after the other', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const equal = (length: number) => file(...Array.from({ length }, () => IN))
    await importFile(client, user, checking, file(...Array.from({ length: 45 }, () => OUT)))

    await importFile(client, user, savings, equal(22))
    await importFile(client, user, savings, equal(45))

    assert.lengthOf(await proposals(client, user, { kind: 'transfer' }), 45)
  })

  test('ask for another after a refusal', async ({ client, assert }) => {
    const { user, checking, savings, cash } = await household({ checking: 0, savings: 0, cash: 0 })
    await importFile(client, user, savings, file(IN))
    const other = await record(user, {
      accountId: cash.id,
      amount: 200_00,
      bookedOn: '2026-01-18',
    })
    const { id: importId } = await importFile(client, user, checking, file(OUT))
    const [first] = await proposals(client, user)

    await refuse(client, user, first.id)
    const [second] = await proposals(client, user, { status: 'open' })
    await refuse(client, user, second.id)

    assert.notEqual(first.matchId, other.id)
    assert.containsSubset(second, {
      kind: 'transfer',
      importId,
      transactionId: first.transactionId,
      matchId: other.id,
    })
    assert.isEmpty(await proposals(client, user, { status: 'open' }))
  })

  test('ask about what is no duplicate', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await record(user, {
      accountId: checking.id,
      amount: -200_00,
      bookedOn: '2026-01-15',
      payee: 'Savings plan',
    })
    await importFile(client, user, checking, file(OUT))
    await importFile(client, user, savings, file(IN))
    const [first] = await proposals(client, user)

    await refuse(client, user, first.id)

    const [second] = await proposals(client, user, { status: 'open' })
    assert.containsSubset(first, { kind: 'duplicate' })
    assert.containsSubset(second, { kind: 'transfer' })
  })

  test('remember a refusal by identity', async ({ client, assert }) => {
    const { user, checking, savings, first, second, proposal } = await bothSides(client)
    await refuse(client, user, proposal.id)
    await revert(client, user, first.id)
    await revert(client, user, second.id)

    await importFile(client, user, savings, file(IN))
    await importFile(client, user, checking, file(OUT))

    assert.isEmpty(await proposals(client, user, { status: 'open' }))
  })
})

test.group('Transfer proposals / currencies', () => {
  const opened = () =>
    household({ checking: 0, dollars: { opening: 0, currency: 'USD' }, yen: { currency: 'JPY' } })

  test('need a rate of their own', async ({ client, assert }) => {
    const { user, checking, dollars } = await opened()
    await record(user, { accountId: dollars.id, amount: 220_00, bookedOn: '2026-01-15' })

    await importFile(client, user, checking, file(OUT))

    assert.isEmpty(await proposals(client, user))
  })

  test('go by a known transfer: {amount}')
    .with([
      { amount: 220_00, found: 1 },
      { amount: 226_60, found: 1 },
      { amount: 213_40, found: 1 },
      { amount: 226_61, found: 0 },
      { amount: 213_39, found: 0 },
    ])
    .run(async ({ client, assert }, { amount, found }) => {
      const { user, checking, dollars } = await opened()
      await transfer(user, checking, dollars, 100_00, {
        toAmount: 110_00,
        bookedOn: '2025-11-01',
      })
      await record(user, { accountId: dollars.id, amount, bookedOn: '2026-01-16' })

      await importFile(client, user, checking, file(OUT))

      assert.lengthOf(await proposals(client, user), found)
    })

  test('know currencies without decimals', async ({ client, assert }) => {
    const { user, checking, yen } = await opened()
    await transfer(user, checking, yen, 100_00, { toAmount: 16_000, bookedOn: '2026-01-01' })
    await record(user, { accountId: yen.id, amount: 32_100, bookedOn: '2026-01-16' })

    await importFile(client, user, checking, file(OUT))
    const [{ id }] = await proposals(client, user)
    await accept(client, user, id)

    assert.deepEqual(await differencesOf(user), [])
  })

  test('forget a rate after ninety days', async ({ client, assert }) => {
    const { user, checking, dollars } = await opened()
    await transfer(user, checking, dollars, 100_00, { toAmount: 110_00, bookedOn: '2025-10-16' })
    await record(user, { accountId: dollars.id, amount: 220_00, bookedOn: '2026-01-16' })

    await importFile(client, user, checking, file(OUT))

    assert.isEmpty(await proposals(client, user))
  })

  test('know a rate in either direction', async ({ client, assert }) => {
    const { user, checking, dollars } = await opened()
    await transfer(user, dollars, checking, 110_00, { toAmount: 100_00, bookedOn: '2026-01-01' })
    await record(user, { accountId: dollars.id, amount: 220_00, bookedOn: '2026-01-16' })

    await importFile(client, user, checking, file(OUT))

    assert.lengthOf(await proposals(client, user), 1)
  })
})

test.group('Transfer acceptances', () => {
  test('link the two as they are', async ({ client, assert }) => {
    const { user, proposal } = await bothSides(client)
    const { id: categoryId } = await categoryOf(user, 'Gifts')
    const one = `${TRANSACTIONS}/${proposal.transactionId}`
    await client.patch(one).loginAs(user).json({ categoryId })

    await accept(client, user, proposal.id)

    const [from, to] = [
      await client.get(one).loginAs(user),
      await client.get(`${TRANSACTIONS}/${proposal.matchId}`).loginAs(user),
    ]
    const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
    assert.containsSubset(from.body(), { kind: 'transfer', category: null, payee: 'Savings plan' })
    assert.equal(from.body().transferId, to.body().transferId)
    assert.notEqual(from.body().bookedOn, to.body().bookedOn)
    assert.containsSubset(summary.body(), { income: 0, expenses: 0 })
    assert.deepEqual(await balances(user), { checking: -200_00, savings: 200_00 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('come apart again', async ({ client, assert }) => {
    const { user, proposal } = await bothSides(client)
    const { id: categoryId } = await categoryOf(user, 'Gifts')
    await client
      .patch(`${TRANSACTIONS}/${proposal.transactionId}`)
      .loginAs(user)
      .json({ categoryId })
    const before = await ledgerOf(user)
    await accept(client, user, proposal.id)

    const response = await withdraw(client, user, proposal.id)

    assert.equal(response.body().status, 'open')
    assert.deepEqual(await ledgerOf(user), before)
    assert.deepEqual(await differencesOf(user), [])
  })

  test('leave the other side as it was', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { id: categoryId } = await categoryOf(user, 'Salary')
    await record(user, {
      accountId: savings.id,
      amount: 200_00,
      bookedOn: '2026-01-16',
      categoryId,
    })
    const before = await ledgerOf(user)
    const { id } = await importFile(client, user, checking, file(OUT))
    const [proposal] = await proposals(client, user)
    await accept(client, user, proposal.id)

    await revert(client, user, id)

    assert.deepEqual(await ledgerOf(user), before)
    assert.deepEqual(await differencesOf(user), [])
  })

  test('go with the older import too', async ({ client, assert }) => {
    const { user, first, proposal } = await bothSides(client)
    await accept(client, user, proposal.id)

    await revert(client, user, first.id)

    const listed = await client.get(TRANSACTIONS).loginAs(user)
    assert.deepEqual(
      listed
        .body()
        .data.map(({ kind, amount }: { kind: string; amount: number }) => [kind, amount]),
      [['income', 200_00]]
    )
    assert.deepEqual(await differencesOf(user), [])
  })

  test('cannot be withdrawn from a deleted transfer', async ({ client }) => {
    const { user, proposal } = await bothSides(client)
    await accept(client, user, proposal.id)
    await client.delete(`${TRANSACTIONS}/${proposal.matchId}`).loginAs(user)

    const response = await withdraw(client, user, proposal.id)

    response.assertStatus(409)
  })
})
