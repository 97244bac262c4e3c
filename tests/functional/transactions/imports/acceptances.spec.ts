import { test } from '@japa/runner'
import {
  balances,
  categoryOf,
  household,
  newcomer,
  open,
  record,
  split,
  transfer,
} from '#tests/support/household'
import { importFile, override, revert, show, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf, totalsOf } from '#tests/support/ledger'
import { accept, proposals, refuse, withdraw } from '#tests/support/proposals'

const TRANSACTIONS = '/api/v1/transactions'
const CSV = 'id,date,payee,amount\nB1,2026-01-15,REWE SAGT DANKE 4711,-23.90\n'
const byHand = { amount: -23_90, payee: 'Rewe', bookedOn: '2026-01-13' }

/** A transaction entered by hand that a file repeats, and the proposal about the two. */
async function doubled(client: Parameters<typeof proposals>[0], details: object = {}) {
  const { user, checking } = await household({ checking: 0 })
  const mine = await record(user, { accountId: checking.id, ...byHand, ...details })
  const untouched = await ledgerOf(user)
  const { id: importId } = await importFile(client, user, checking, CSV)
  const [{ id, transactionId }] = await proposals(client, user)
  return { user, checking, mine, untouched, importId, id, transactionId }
}

test.group('Acceptances / duplicates', () => {
  test('keep what the person set', async ({ client, assert }) => {
    const { user, checking, mine, importId, id, transactionId } = await doubled(client, {
      notes: 'With Anna',
      tags: ['party'],
    })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    await split(user, mine, [
      [dining, -20_00],
      [gifts, -3_90],
    ])

    const response = await accept(client, user, id)

    const shown = await client.get(`${TRANSACTIONS}/${mine.id}`).loginAs(user)
    const gone = await client.get(`${TRANSACTIONS}/${transactionId}`).loginAs(user)
    const [row] = await verdicts(client, user, importId)
    response.assertStatus(200)
    assert.containsSubset(response.body(), { status: 'accepted', transaction: null })
    assert.containsSubset(shown.body(), {
      payee: 'Rewe',
      notes: 'With Anna',
      tags: ['party'],
      splits: [{ amount: -20_00 }, { amount: -3_90 }],
      externalId: 'B1',
      bookedOn: '2026-01-15',
      importId: null,
    })
    gone.assertStatus(404)
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'merged', transactionId: mine.id })
    assert.containsSubset(await show(client, user, importId), {
      counts: { imported: 0, duplicates: 1 },
    })
    assert.deepEqual(await balances(user), { checking: -23_90 })
    assert.deepEqual(await differencesOf(user), [])
    assert.isTrue(checking.id === shown.body().accountId)
  })

  test('are known when the file comes again', async ({ client, assert }) => {
    const { user, checking, mine, id } = await doubled(client)
    await accept(client, user, id)

    const again = await importFile(client, user, checking, CSV)

    const [row] = await verdicts(client, user, again.id)
    assert.containsSubset(row, {
      verdict: 'duplicate',
      rule: 'externalId',
      transactionId: mine.id,
    })
  })

  test('are known after a move', async ({ client, assert }) => {
    const { user, checking, mine, id } = await doubled(client)
    const savings = await open(user, 'Savings')
    const one = `${TRANSACTIONS}/${mine.id}`
    await accept(client, user, id)
    await client.patch(one).loginAs(user).json({ accountId: savings.id })

    const again = await importFile(client, user, checking, CSV)
    const response = await withdraw(client, user, id)

    const shown = await client.get(one).loginAs(user)
    response.assertStatus(200)
    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    assert.containsSubset(shown.body(), { accountId: savings.id, externalId: null })
  })

  test('come apart again', async ({ client, assert }) => {
    const { user, importId, id, transactionId } = await doubled(client)
    const before = await ledgerOf(user)
    await accept(client, user, id)

    const response = await withdraw(client, user, id)

    const [row] = await verdicts(client, user, importId)
    response.assertStatus(200)
    assert.equal(response.body().status, 'open')
    assert.deepEqual(await ledgerOf(user), before)
    assert.containsSubset(row, { verdict: 'imported', rule: null, transactionId })
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
  })

  test('can be accepted once more', async ({ client, assert }) => {
    const { user, id, mine } = await doubled(client)
    await accept(client, user, id)
    await withdraw(client, user, id)

    const response = await accept(client, user, id)

    assert.equal(response.body().match.id, mine.id)
    assert.deepEqual(await balances(user), { checking: -23_90 })
  })

  test('leave later changes to the person', async ({ client, assert }) => {
    const { user, mine, id } = await doubled(client)
    await accept(client, user, id)
    const one = `${TRANSACTIONS}/${mine.id}`
    await client.patch(one).loginAs(user).json({ bookedOn: '2026-01-20', notes: 'Later' })

    await withdraw(client, user, id)

    const shown = await client.get(one).loginAs(user)
    assert.containsSubset(shown.body(), {
      bookedOn: '2026-01-20',
      notes: 'Later',
      externalId: null,
    })
  })

  test('leave nothing to ask about what is {title}')
    .with([
      { title: 'deleted', change: null },
      { title: 'another by now', change: { amount: -24_00 } },
    ])
    .run(async ({ client, assert }, { change }) => {
      const { user, mine, id } = await doubled(client)
      await accept(client, user, id)
      const one = `${TRANSACTIONS}/${mine.id}`
      await (change
        ? client.patch(one).loginAs(user).json(change)
        : client.delete(one).loginAs(user))

      const response = await withdraw(client, user, id)

      response.assertStatus(200)
      assert.equal(response.body().status, 'closed')
    })

  test('go with the reversal', async ({ client, assert }) => {
    const { user, checking, untouched, importId, id } = await doubled(client)
    await accept(client, user, id)

    await revert(client, user, importId)
    const after = await ledgerOf(user)
    const again = await importFile(client, user, checking, CSV)

    assert.deepEqual(after, untouched)
    assert.containsSubset(again.counts, { imported: 1, duplicates: 0 })
    assert.lengthOf(await proposals(client, user, { status: 'open' }), 1)
  })

  test('go though the person deleted the rest', async ({ client, assert }) => {
    const { user, checking, mine, importId, id } = await doubled(client)
    await accept(client, user, id)
    await client.delete(`${TRANSACTIONS}/${mine.id}`).loginAs(user)

    await revert(client, user, importId)
    const again = await importFile(client, user, checking, CSV)

    assert.containsSubset(again.counts, { imported: 1, duplicates: 0 })
  })

  test('merge the leg of a transfer', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { from } = await transfer(user, checking, savings, 23_90, { bookedOn: '2026-01-15' })
    await importFile(client, user, checking, CSV)
    const [{ id }] = await proposals(client, user)

    await accept(client, user, id)

    const shown = await client.get(`${TRANSACTIONS}/${from.id}`).loginAs(user)
    assert.containsSubset(shown.body(), { kind: 'transfer', externalId: 'B1' })
    assert.deepEqual(await balances(user), { checking: -23_90, savings: 23_90 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('keep a merged row from being overridden', async ({ client }) => {
    const { user, importId, id } = await doubled(client)
    await accept(client, user, id)

    const response = await override(client, user, importId, 1, { verdict: 'imported' })

    response.assertStatus(409)
  })
})

test.group('Acceptances / decisions', () => {
  test('are taken once, however often', async ({ client, assert }) => {
    const { user, id } = await doubled(client)

    const answers = await Promise.all([1, 2, 3].map(() => accept(client, user, id)))

    assert.deepEqual(
      answers.map((response) => [response.status(), response.body().status]),
      answers.map(() => [200, 'accepted'])
    )
    assert.deepEqual(await balances(user), { checking: -23_90 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('exclude each other', async ({ client, assert }) => {
    const { user, id } = await doubled(client)

    const answers = await Promise.all([accept(client, user, id), refuse(client, user, id)])

    assert.sameMembers(
      answers.map((response) => response.status()),
      [200, 409]
    )
  })

  test('stay whole beside a reversal', async ({ client, assert }) => {
    const { user, checking, untouched, importId, id } = await doubled(client)

    await Promise.all([accept(client, user, id), revert(client, user, importId)])

    assert.deepEqual(await ledgerOf(user), untouched)
    const [proposal] = await proposals(client, user)
    assert.equal(proposal.status, 'closed')
    const again = await importFile(client, user, checking, CSV)
    assert.containsSubset(again.counts, { imported: 1 })
  })

  test('cannot be withdrawn before they are taken', async ({ client }) => {
    const { user, id } = await doubled(client)

    const response = await withdraw(client, user, id)

    response.assertStatus(409)
  })

  test('lose no update unnoticed', async ({ client }) => {
    const { user, mine, id } = await doubled(client)
    const seen = await accept(client, user, id)
    await client.patch(`${TRANSACTIONS}/${mine.id}`).loginAs(user).json({ notes: 'New' })

    const response = await withdraw(client, user, id).header('if-match', seen.header('etag')!)

    response.assertStatus(412)
  })

  test("are nobody else's", async ({ client, assert }) => {
    const { user, id } = await doubled(client)
    const stranger = await newcomer()

    const responses = [
      await client.get(`${TRANSACTIONS}/proposals/${id}`).loginAs(stranger),
      await accept(client, stranger, id),
      await refuse(client, stranger, id),
      await withdraw(client, stranger, id),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [404, 404, 404, 404]
    )
    assert.isEmpty(await proposals(client, stranger))
    assert.lengthOf(await proposals(client, user, { status: 'open' }), 1)
  })
})
