import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { balances, household, newcomer, record } from '#tests/support/household'
import { importFile, override, revert, show, upload, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf } from '#tests/support/ledger'

const TRANSACTIONS = '/api/v1/transactions'
const COFFEE = '2026-01-05,Café,-3.50'
const file = (...rows: string[]) => ['date,payee,amount', ...rows].join('\n')
const withIds = (...rows: string[]) => ['id,date,payee,amount', ...rows].join('\n')
const imported = { verdict: 'imported' }

test.group('Overrides / a duplicate', () => {
  test('is booked after all, and only once: {title}')
    .with([
      { title: 'by fingerprint', csv: file(COFFEE) },
      { title: 'by bank id', csv: withIds(`B1,${COFFEE}`) },
    ])
    .run(async ({ client, assert }, { csv }) => {
      const { user, checking } = await household({ checking: 0 })
      await importFile(client, user, checking, csv)
      const { id } = await importFile(client, user, checking, csv)

      const response = await override(client, user, id, 1, imported)
      const again = await importFile(client, user, checking, csv)

      response.assertStatus(200)
      assert.containsSubset(response.body(), { verdict: 'imported', rule: 'override' })
      assert.containsSubset(await show(client, user, id), {
        counts: { imported: 1, duplicates: 0 },
      })
      assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
      assert.deepEqual(await balances(user), { checking: -7_00 })
      assert.deepEqual(await differencesOf(user), [])
    })

  test('leaves the bank id to the first', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, withIds(`B1,${COFFEE}`))
    const { id } = await importFile(client, user, checking, withIds(`B1,${COFFEE}`))

    await override(client, user, id, 1, imported)

    const listed = await client.get(TRANSACTIONS).qs({ importId: id }).loginAs(user)
    assert.containsSubset(listed.body().data, [{ payee: 'Café', amount: -3_50, externalId: null }])
  })

  test('comes back from where it was deleted', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = withIds(`B1,${COFFEE}`)
    const first = await importFile(client, user, checking, csv)
    const [{ transactionId }] = await verdicts(client, user, first.id)
    await client.delete(`${TRANSACTIONS}/${transactionId}`).loginAs(user)
    const { id } = await importFile(client, user, checking, csv)

    await override(client, user, id, 1, imported)
    const again = await importFile(client, user, checking, csv)

    const [row] = await verdicts(client, user, again.id)
    assert.equal(row.rule, 'externalId')
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('goes with its import', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, file(COFFEE))
    const before = await ledgerOf(user)
    const { id } = await importFile(client, user, checking, file(COFFEE))
    await override(client, user, id, 1, imported)

    await revert(client, user, id)

    assert.deepEqual(await ledgerOf(user), before)
  })
})

test.group('Overrides / an imported row', () => {
  test('becomes a duplicate', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -3_50 })
    const { id } = await importFile(client, user, checking, file(COFFEE))

    const response = await override(client, user, id, 1, {
      verdict: 'duplicate',
      transactionId: mine.id,
    })
    const again = await importFile(client, user, checking, file(COFFEE), { restoreDeleted: true })

    assert.containsSubset(response.body(), { rule: 'override', transactionId: mine.id })
    assert.containsSubset(await show(client, user, id), { counts: { imported: 0, duplicates: 1 } })
    const [row] = await verdicts(client, user, again.id)
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'override', transactionId: mine.id })
    assert.deepEqual(await balances(user), { checking: -3_50 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('is booked again when that was wrong', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -1_00 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const [{ transactionId }] = await verdicts(client, user, id)
    await override(client, user, id, 1, { verdict: 'duplicate', transactionId: mine.id })

    const response = await override(client, user, id, 1, imported)

    assert.containsSubset(response.body(), { verdict: 'imported', transactionId })
    assert.deepEqual(await balances(user), { checking: -4_50 })
  })

  test('keeps what a person set meanwhile', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -1_00 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const [{ transactionId }] = await verdicts(client, user, id)
    const one = `${TRANSACTIONS}/${transactionId}`
    await client.patch(one).loginAs(user).json({ payee: 'Mine' })
    await override(client, user, id, 1, { verdict: 'duplicate', transactionId: mine.id })

    await override(client, user, id, 1, imported)

    const shown = await client.get(one).loginAs(user)
    assert.containsSubset(shown.body(), { payee: 'Mine', lockedFields: ['payee'] })
  })

  test('follows what replaces its duplicate', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -3_50 })
    const tea = '2026-01-06,Tea,-3.50'
    const first = await importFile(client, user, checking, file(COFFEE))
    const second = await importFile(client, user, checking, file(tea))
    const [{ transactionId }] = await verdicts(client, user, second.id)
    const duplicate = (id: string, of: unknown) =>
      override(client, user, id, 1, { verdict: 'duplicate', transactionId: of as string })
    await duplicate(first.id, transactionId)
    await duplicate(second.id, mine.id)

    const again = await importFile(client, user, checking, file(COFFEE), { restoreDeleted: true })

    const [row] = await verdicts(client, user, again.id)
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'override', transactionId: mine.id })
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('is known again after a reversal', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -1_00 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    await override(client, user, id, 1, { verdict: 'duplicate', transactionId: mine.id })
    await revert(client, user, id)

    const again = await importFile(client, user, checking, file(COFFEE))

    assert.containsSubset(again.counts, { imported: 1, duplicates: 0 })
  })
})

test.group('Overrides / refusals', () => {
  test('need a transaction to duplicate', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const stranger = await household({ checking: 0 })
    const theirs = await record(stranger.user, { accountId: stranger.checking.id, amount: 1 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const [{ transactionId }] = await verdicts(client, user, id)

    const responses = []
    for (const said of [undefined, randomUUIDv7(), theirs.id, transactionId as string]) {
      responses.push(
        await override(client, user, id, 1, { verdict: 'duplicate', transactionId: said })
      )
    }
    responses.push(await override(client, user, id, 1, { ...imported, transactionId: theirs.id }))

    assert.deepEqual(
      responses.map((response) => [response.status(), response.body().errors[0].field]),
      responses.map(() => [422, 'transactionId'])
    )
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('keep splits from being lost', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -3_50 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const [{ transactionId }] = await verdicts(client, user, id)
    const splits = [
      { categoryId: null, amount: -2_00 },
      { categoryId: null, amount: -1_50 },
    ]
    await client.put(`${TRANSACTIONS}/${transactionId}/splits`).loginAs(user).json(splits)
    const before = await ledgerOf(user)

    const said = { verdict: 'duplicate', transactionId: mine.id }
    const response = await override(client, user, id, 1, said)

    response.assertStatus(409)
    assert.deepEqual(await ledgerOf(user), before)
  })

  test('leave rejected rows to be corrected', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, file('never,Café,-3.50', COFFEE))

    const response = await override(client, user, id, 1, imported)

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'verdict')
  })

  test('wait until the import is read', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const pending = await upload(client, user, checking, file(COFFEE))
    const active = await importFile(client, user, checking, file(COFFEE))
    await system.transaction((trx) =>
      trx.from('imports').where('id', active.id).update({ status: 'active' })
    )

    const responses = [
      await override(client, user, pending.body().id, 1, imported),
      await override(client, user, active.id, 1, imported),
    ]

    assert.deepEqual(
      responses.map((response) => [response.status(), response.body().code]),
      responses.map(() => [409, 'Conflict'])
    )
  })

  test('come too late for what was taken back', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    await revert(client, user, id)

    const response = await override(client, user, id, 1, imported)

    response.assertStatus(409)
  })

  test('lose no update unnoticed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -3_50 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const row = `${TRANSACTIONS}/imports/${id}/rows/1`
    const seen = await client.get(row).loginAs(user)
    const said = { verdict: 'duplicate', transactionId: mine.id }
    const change = () =>
      client.patch(row).loginAs(user).header('if-match', seen.header('etag')!).json(said)

    const [first, second] = [await change(), await change()]

    first.assertStatus(200)
    assert.notEqual(first.header('etag'), seen.header('etag'))
    second.assertStatus(412)
  })

  test('know only rows there are', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const stranger = await newcomer()

    const responses = [
      await override(client, user, id, 2, imported),
      await override(client, user, id, 0, imported),
      await override(client, stranger, id, 1, imported),
      await client.get(`${TRANSACTIONS}/imports/${id}/rows/1`).loginAs(stranger),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [404, 404, 404, 404]
    )
  })
})
