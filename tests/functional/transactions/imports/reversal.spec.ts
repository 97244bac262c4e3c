import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { balances, categoryOf, household, newcomer, record, split } from '#tests/support/household'
import { bankFile, BANK_MAPPING } from '#tests/support/bank_file'
import { importFile, revert, show, upload } from '#tests/support/imports'
import { differencesOf } from '#tests/support/ledger'
import Transaction from '#transactions/models/transaction'

const mapping = { ...BANK_MAPPING, account: undefined }
const PATH = '/api/v1/transactions/imports'

test.group('Imports / reversal', () => {
  test('takes back what it made, only that', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: 42 })
    const file = bankFile(500)
    const { id } = await importFile(client, user, checking, file.csv, { mapping })

    await revert(client, user, id)

    assert.containsSubset(await show(client, user, id), { status: 'reverted' })
    assert.deepEqual(await balances(user), { checking: 42 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('lets the file come back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = bankFile(500)
    const first = await importFile(client, user, checking, file.csv, { mapping })
    const before = await balances(user)
    await revert(client, user, first.id)

    const second = await importFile(client, user, checking, file.csv, { mapping })

    assert.deepEqual(second.counts, first.counts)
    assert.deepEqual(await balances(user), before)
  })

  test('takes split rows too', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(
      client,
      user,
      checking,
      'date,payee,amount\n2026-01-01,Mall,-10.00\n'
    )
    const mall = await tenant.transaction(user.id, (trx) =>
      Transaction.query({ client: trx }).firstOrFail()
    )
    await split(user, mall, [
      [await categoryOf(user, 'Dining'), -4_00],
      [await categoryOf(user, 'Gifts'), -6_00],
    ])

    await revert(client, user, id)

    assert.deepEqual(await balances(user), { checking: 0 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('happens once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n2026-01-01,Shop,-1.00\n'
    const { id } = await importFile(client, user, checking, csv)
    await revert(client, user, id)
    await importFile(client, user, checking, csv)

    await revert(client, user, id)

    assert.deepEqual(await balances(user), { checking: -1_00 })
  })

  test('waits for the import', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const pending = await upload(client, user, checking, bankFile(10).csv)

    const response = await client.post(`${PATH}/${pending.body().id}/reversal`).loginAs(user)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Conflict')
  })
})

test.group('Imports / strangers', () => {
  test("see nothing of another's import", async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, bankFile(20).csv, { mapping })
    const stranger = await newcomer()
    const ask = async (importId: string) => [
      await client.get(`${PATH}/${importId}`).loginAs(stranger),
      await client.get(`${PATH}/${importId}/rows`).loginAs(stranger),
      await client.get(`${PATH}/${importId}/rejected.csv`).loginAs(stranger),
      await client.post(`${PATH}/${importId}/reversal`).loginAs(stranger),
    ]

    const responses = [...(await ask(id)), ...(await ask(randomUUIDv7()))]
    const list = await client.get(PATH).loginAs(stranger)

    assert.deepEqual(
      responses.map((response) => response.status()),
      responses.map(() => 404)
    )
    assert.deepEqual(list.body().data, [])
    assert.containsSubset(await show(client, user, id), { status: 'completed' })
  })

  test('have to sign in', async ({ client, assert }) => {
    const id = randomUUIDv7()

    const responses = [
      await client.get(PATH),
      await client.post(PATH).file('file', Buffer.from('a'), { filename: 'a.csv' }),
      await client.get(`${PATH}/${id}`),
      await client.get(`${PATH}/${id}/rows`),
      await client.post(`${PATH}/${id}/reversal`),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      responses.map(() => 401)
    )
  })
})
