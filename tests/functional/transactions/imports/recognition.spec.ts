import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { balances, household, record } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const COFFEE = '2026-01-05,Café,-3.50'
const TEA = '2026-01-06,Tea house,-2.50'
const file = (...rows: string[]) => ['date,payee,amount', ...rows].join('\n')
const withIds = (...rows: string[]) => ['id,date,payee,amount', ...rows].join('\n')

async function become(client: ApiClient, user: User, importId: string, number = 1) {
  const rows = await verdicts(client, user, importId)
  return rows.find((row) => row.number === number)!.transactionId as string
}

test.group('Imports / own ids', () => {
  test('add nothing that was exported', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -3_50 })

    const done = await importFile(client, user, checking, withIds(`${id},${COFFEE}`))

    assert.containsSubset(done.counts, { imported: 0, duplicates: 1 })
    const [row] = await verdicts(client, user, done.id)
    assert.containsSubset(row, { rule: 'ownId', transactionId: id })
  })

  test('count wherever it is by now', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { id } = await record(user, { accountId: savings.id, amount: -3_50 })

    const done = await importFile(client, user, checking, withIds(`${id},${COFFEE}`))

    assert.containsSubset(done.counts, { imported: 0, duplicates: 1 })
  })

  test("of another user's are the bank's", async ({ client, assert }) => {
    const [mine, theirs] = [await household({ checking: 0 }), await household({ checking: 0 })]
    const { id } = await record(theirs.user, { accountId: theirs.checking.id, amount: -3_50 })

    const done = await importFile(client, mine.user, mine.checking, withIds(`${id},${COFFEE}`))
    const again = await importFile(client, mine.user, mine.checking, withIds(`${id},${COFFEE}`))

    assert.containsSubset(done.counts, { imported: 1 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    const [row] = await verdicts(client, mine.user, again.id)
    assert.equal(row.rule, 'externalId')
  })

  test('stay away when deleted by hand', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -3_50 })
    const csv = withIds(`${id},${COFFEE}`)
    await client.delete(`${TRANSACTIONS}/${id}`).loginAs(user)

    const done = await importFile(client, user, checking, csv)
    const asked = await importFile(client, user, checking, csv, { restoreDeleted: true })

    const [row] = await verdicts(client, user, done.id)
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'deleted', transactionId: id })
    assert.containsSubset(asked.counts, { imported: 1 })
  })
})

test.group('Imports / deleted by hand', () => {
  test('stay away until asked for', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const first = await importFile(client, user, checking, file(COFFEE, TEA))
    const id = await become(client, user, first.id)
    await client.delete(`${TRANSACTIONS}/${id}`).loginAs(user)

    const again = await importFile(client, user, checking, file(COFFEE, TEA))
    const asked = await importFile(client, user, checking, file(COFFEE, TEA), {
      restoreDeleted: true,
    })

    const [row] = await verdicts(client, user, again.id)
    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'deleted', transactionId: id })
    assert.containsSubset(asked.counts, { imported: 1, duplicates: 1 })
    assert.deepEqual(await balances(user), { checking: -6_00 })
  })

  test('are known by their occurrence', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const first = await importFile(client, user, checking, file(COFFEE, COFFEE))
    const id = await become(client, user, first.id, 2)
    await client.delete(`${TRANSACTIONS}/${id}`).loginAs(user)

    const again = await importFile(client, user, checking, file(COFFEE, COFFEE))

    const rows = await verdicts(client, user, again.id)
    assert.deepEqual(
      rows.map(({ rule }) => rule),
      ['fingerprint', 'deleted']
    )
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('stay away however often a row repeats', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = withIds(`B1,${COFFEE}`, `B1,${COFFEE}`)
    const first = await importFile(client, user, checking, csv)
    await client.delete(`${TRANSACTIONS}/${await become(client, user, first.id)}`).loginAs(user)

    const again = await importFile(client, user, checking, csv)
    const asked = await importFile(client, user, checking, csv, { restoreDeleted: true })

    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
    assert.containsSubset(asked.counts, { imported: 1, duplicates: 1 })
  })
})

test.group('Imports / changed by hand', () => {
  test('stay what their row became', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const first = await importFile(client, user, checking, file(COFFEE))
    const id = await become(client, user, first.id)
    const one = `${TRANSACTIONS}/${id}`
    const changes = { amount: -4_00, payee: 'Le Café', bookedOn: '2026-01-07' }
    await client.patch(one).loginAs(user).json(changes)
    const before = await client.get(one).loginAs(user)

    const again = await importFile(client, user, checking, file(COFFEE))

    const after = await client.get(one).loginAs(user)
    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    assert.deepEqual(after.body(), before.body())
    assert.equal(after.header('etag'), before.header('etag'))
  })
})

test.group('Imports / moved by hand', () => {
  test('stay what their row became', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const csv = withIds(`B1,${COFFEE}`)
    const first = await importFile(client, user, checking, csv)
    const id = await become(client, user, first.id)
    const move = { accountId: savings.id }
    await client.patch(`${TRANSACTIONS}/${id}`).loginAs(user).json(move)

    const again = await importFile(client, user, checking, csv)
    const others = await importFile(client, user, savings, csv)

    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    assert.containsSubset(others.counts, { imported: 1, duplicates: 0 })
  })
})

test.group('Imports / dry run', () => {
  test('gives the verdicts of the import', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const own = await record(user, { accountId: checking.id, amount: -1_00 })
    const bank = ['B1', 'B2', 'B3']
    const old = await importFile(
      client,
      user,
      checking,
      withIds(...bank.map((id) => `${id},${COFFEE}`))
    )
    await client.delete(`${TRANSACTIONS}/${await become(client, user, old.id, 2)}`).loginAs(user)
    const csv = withIds(
      ...['B1', 'B2', 'B2', 'B4', 'B4', own.id, own.id].map((id) => `${id},${COFFEE}`),
      'B5,never,Shop,-1.00',
      `B6,${TEA}`
    )

    for (const restoreDeleted of [false, true]) {
      const dry = await importFile(client, user, checking, csv, { dryRun: true, restoreDeleted })
      const shown = await verdicts(client, user, dry.id)
      const real = await importFile(client, user, checking, csv, { restoreDeleted })
      const became = await verdicts(client, user, real.id)

      assert.deepEqual(dry.counts, real.counts)
      assert.deepEqual(
        shown.map(({ verdict, rule }) => [verdict, rule]),
        became.map(({ verdict, rule }) => [verdict, rule])
      )
    }
  })
})

test.group('Imports / another bank id', () => {
  test('leaves known what it names', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const one = `${TRANSACTIONS}/${await become(client, user, id)}`

    const named = await client.patch(one).loginAs(user).json({ externalId: 'B1' })
    const again = await importFile(client, user, checking, file(COFFEE))

    assert.equal(named.body().externalId, 'B1')
    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test("is refused when it is another's", async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, externalId: 'B1' })
    const { id } = await importFile(client, user, checking, file(COFFEE))
    const one = `${TRANSACTIONS}/${await become(client, user, id)}`

    const response = await client.patch(one).loginAs(user).json({ externalId: 'B1' })

    response.assertStatus(409)
  })
})
