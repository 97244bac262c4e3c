import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { askForErasure, carryOut, isGone } from '#tests/support/erasures'
import { balances, categoryOf, household, record, transfer } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf } from '#tests/support/ledger'
import { accept, proposals, withdraw } from '#tests/support/proposals'
import { reconcile, RECONCILIATIONS } from '#tests/support/reconciliations'
import { makeRule, revertRun, runRule } from '#tests/support/rules'
import type User from '#users/models/user'
import type Account from '#wallet/models/account'

const TRANSACTIONS = '/api/v1/transactions'
const JANUARY = { statementDate: '2026-01-31', balance: -23_90 }

async function reconciled(client: Parameters<typeof reconcile>[0]) {
  const { user, checking, savings } = await household({ checking: 0, savings: 0 })
  const mine = await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
  const id = await reconcile(client, user, checking, JANUARY)
  return { user, checking, savings, mine, id, one: `${TRANSACTIONS}/${mine.id}` }
}

/** Holds an account against a statement that is not completed yet. */
async function clear(client: ApiClient, user: User, account: Pick<Account, 'id'>) {
  const response = await client
    .post(RECONCILIATIONS)
    .loginAs(user)
    .json({ accountId: account.id, statementDate: '2026-01-31', statementBalance: -23_90 })
  response.assertStatus(201)
  return response.body().id as string
}

test.group('Reconciled transactions', () => {
  test('keep account, amount and day', async ({ client, assert }) => {
    const { user, savings, one } = await reconciled(client)
    const before = await ledgerOf(user)
    const changes = [{ amount: -1 }, { bookedOn: '2026-01-01' }, { accountId: savings.id }]

    const answers = []
    for (const change of changes) answers.push(await client.patch(one).loginAs(user).json(change))
    answers.push(await client.delete(one).loginAs(user))

    assert.deepEqual(
      answers.map((response) => [response.status(), response.body().code]),
      answers.map(() => [409, 'Reconciled'])
    )
    assert.deepEqual(await ledgerOf(user), before)
  })

  test('name the operation that touches them', async ({ client, assert }) => {
    const { user, one, mine } = await reconciled(client)
    const id = one.split('/').at(-1)
    const create = {
      ...{ op: 'create', accountId: mine.accountId, amount: -7 },
      ...{ bookedOn: '2026-01-02', payee: 'B' },
    }
    const operations = [
      [create, { op: 'update', id, amount: -5 }],
      [create, { op: 'delete', id }],
    ]

    for (const each of operations) {
      const answer = await client
        .post('/api/v1/transactions/bulk')
        .loginAs(user)
        .json({ operations: each })

      answer.assertStatus(409)
      assert.equal(answer.body().code, 'Reconciled')
      assert.containsSubset(answer.body().errors, [{ field: 'operations.1', rule: 'reconciled' }])
      assert.isNotEmpty(answer.body().detail)
    }
  })

  test('can be sorted and noted on', async ({ client, assert }) => {
    const { user, one, mine } = await reconciled(client)
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const { id: gifts } = await categoryOf(user, 'Gifts')
    const changes = { categoryId, notes: 'With Anna', tags: ['party'], payee: 'REWE' }

    const same = { amount: -23_90, bookedOn: mine.bookedOn }
    const changed = await client
      .patch(one)
      .loginAs(user)
      .json({ ...changes, ...same })
    const split = await client
      .put(`${one}/splits`)
      .loginAs(user)
      .json([
        { categoryId, amount: -20_00 },
        { categoryId: gifts, amount: -3_90 },
      ])

    changed.assertStatus(200)
    split.assertStatus(200)
    assert.deepEqual(await differencesOf(user), [])
  })

  test('hold both legs of a transfer', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { to } = await transfer(user, checking, savings, 23_90)
    await reconcile(client, user, checking, JANUARY)
    const one = `${TRANSACTIONS}/${to.id}`

    const answers = [
      await client.delete(one).loginAs(user),
      await client.patch(one).loginAs(user).json({ bookedOn: '2026-01-01' }),
    ]

    assert.deepEqual(
      answers.map((response) => response.body().code),
      ['Reconciled', 'Reconciled']
    )
    assert.deepEqual(await balances(user), { checking: -23_90, savings: 23_90 })
  })

  test('are left alone by rules', async ({ client, assert }) => {
    const { user, checking, one } = await reconciled(client)
    await record(user, { accountId: checking.id, amount: -1, payee: 'Rewe' })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['food'] }] })

    const { counts } = await runRule(client, user, ruleId)

    const shown = await client.get(one).loginAs(user)
    assert.containsSubset(counts, { total: 1, changed: 1 })
    assert.deepEqual(shown.body().tags, [])
  })

  test('outlast the reversal of rules', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['food'] }] })
    const run = await runRule(client, user, ruleId)
    await reconcile(client, user, checking, JANUARY)

    const { counts } = await revertRun(client, user, run.id)

    const shown = await client.get(`${TRANSACTIONS}/${id}`).loginAs(user)
    assert.containsSubset(counts, { changed: 1, kept: 1 })
    assert.deepEqual(shown.body().tags, ['food'])
  })

  test('are proposed to nobody', async ({ client, assert }) => {
    const { user, checking } = await reconciled(client)

    const csv = 'date,payee,amount\n2026-01-15,Rewe,-23.90\n'
    const { id } = await importFile(client, user, checking, csv)

    const [row] = await verdicts(client, user, id)
    assert.containsSubset(row, { verdict: 'imported', matches: null })
    assert.isEmpty(await proposals(client, user))
  })

  test('end proposals about them', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
    await importFile(client, user, checking, 'date,payee,amount\n2026-01-15,Rewe,-23.90\n')
    const [{ id }] = await proposals(client, user)
    const opened = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({
        accountId: checking.id,
        statementDate: '2026-01-31',
        statementBalance: -23_90,
        transactionIds: [mine.id],
      })
    await client.post(`${RECONCILIATIONS}/${opened.body().id}/completion`).loginAs(user).json({})

    const response = await accept(client, user, id)

    const [proposal] = await proposals(client, user)
    response.assertStatus(409)
    assert.equal(proposal.status, 'closed')
  })

  test('keep what was merged into them', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
    await importFile(client, user, checking, 'date,payee,amount\n2026-01-15,Rewe,-23.90\n')
    const [{ id }] = await proposals(client, user)
    await accept(client, user, id)
    await reconcile(client, user, checking, JANUARY)

    const response = await withdraw(client, user, id)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Reconciled')
  })
})

test.group('Cleared transactions', () => {
  test('are uncleared by a move', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -23_90 })
    await clear(client, user, checking)

    const response = await client
      .patch(`${TRANSACTIONS}/${mine.id}`)
      .loginAs(user)
      .json({ accountId: savings.id })

    response.assertStatus(200)
    assert.containsSubset(response.body(), { accountId: savings.id, reconciliationId: null })
  })

  test('come back uncleared from a merger', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
    await importFile(client, user, checking, 'date,payee,amount\n2026-01-15,Rewe,-23.90\n')
    const [{ id, transactionId }] = await proposals(client, user)
    const reconciliation = await clear(client, user, checking)
    await accept(client, user, id)
    await client.delete(`${RECONCILIATIONS}/${reconciliation}`).loginAs(user)

    await withdraw(client, user, id)

    const shown = await client.get(`${TRANSACTIONS}/${transactionId}`).loginAs(user)
    assert.containsSubset(shown.body(), { reconciliationId: null, reconciled: false })
  })
})

test.group('Reconciled transactions / free again', () => {
  test('after a reopening stay cleared', async ({ client, assert }) => {
    const { user, one, id } = await reconciled(client)

    const response = await client.delete(`${RECONCILIATIONS}/${id}/completion`).loginAs(user)
    const changed = await client.patch(one).loginAs(user).json({ amount: -24_00 })

    const actions = await system.transaction((trx) =>
      trx.from('audit_logs').where('subject_id', id).orderBy('position').select('action')
    )
    assert.containsSubset(response.body(), { status: 'open', completedAt: null })
    assert.containsSubset(changed.body(), { reconciliationId: id, reconciled: false })
    assert.equal(actions.at(-1).action, 'reconciliation.reopened')
  })

  test('after a deletion, without the adjustment', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -20_00 })
    const opened = await client.post(RECONCILIATIONS).loginAs(user).json({
      accountId: checking.id,
      statementDate: '2026-01-31',
      statementBalance: -23_90,
    })
    const one = `${RECONCILIATIONS}/${opened.body().id}`
    await client.post(`${one}/completion`).loginAs(user).json({ adjustment: true })
    const adjusted = await balances(user)

    const response = await client.delete(one).loginAs(user)

    const shown = await client.get(`${TRANSACTIONS}/${mine.id}`).loginAs(user)
    response.assertStatus(204)
    assert.deepEqual(adjusted, { checking: -23_90 })
    assert.deepEqual(await balances(user), { checking: -20_00 })
    assert.containsSubset(shown.body(), { reconciliationId: null, reconciled: false })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('begin with the latest', async ({ client, assert }) => {
    const { user, checking, id } = await reconciled(client)
    const later = await reconcile(client, user, checking, {
      ...JANUARY,
      statementDate: '2026-02-28',
    })

    const refused = [
      await client.delete(`${RECONCILIATIONS}/${id}`).loginAs(user),
      await client.delete(`${RECONCILIATIONS}/${id}/completion`).loginAs(user),
    ]
    await client.delete(`${RECONCILIATIONS}/${later}`).loginAs(user)
    const response = await client.delete(`${RECONCILIATIONS}/${id}`).loginAs(user)

    assert.deepEqual(
      refused.map((each) => each.status()),
      [409, 409]
    )
    response.assertStatus(204)
  })

  test('when the user is erased', async ({ client, assert }) => {
    const { user } = await reconciled(client)

    await askForErasure(client, user)
    await carryOut(user)

    assert.isTrue(await isGone(user))
  })
})
