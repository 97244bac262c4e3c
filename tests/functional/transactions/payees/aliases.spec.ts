import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { categoryOf, household, newcomer, record } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { resourceContract } from '#tests/support/resource_contract'
import { makeRule } from '#tests/support/rules'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/payees/aliases'
const TRANSACTIONS = '/api/v1/transactions'

resourceContract({
  name: 'Payee aliases',
  path: PATH,
  valid: async () => ({ alias: 'migros', payee: 'Migros' }),
  invalid: [
    { change: { alias: '' }, field: 'alias' },
    { change: { alias: 'Kartenzahlung 12.03.2026' }, field: 'alias' },
    { change: { alias: 'x'.repeat(256) }, field: 'alias' },
    { change: { payee: '' }, field: 'payee' },
    { change: { origin: 'learned' }, field: 'origin' },
  ],
  change: { alias: 'coop', payee: 'Coop' },
})

const csv = (...payees: string[]) =>
  ['date,payee,amount', ...payees.map((payee, n) => `2026-01-${10 + n},${payee},-${n + 1}`)].join(
    '\n'
  )

async function shown(client: ApiClient, user: User, query = {}) {
  const response = await client.get(TRANSACTIONS).qs(query).loginAs(user)
  return response.body().data as { id: string; payee: string; bankPayee: string | null }[]
}

/** Calls the newest transaction something else. */
async function rename(client: ApiClient, user: User, payee: string) {
  const [{ id }] = await shown(client, user)
  const response = await client.patch(`${TRANSACTIONS}/${id}`).loginAs(user).json({ payee })
  response.assertStatus(200)
}

async function aliases(client: ApiClient, user: User) {
  const response = await client.get(PATH).loginAs(user)
  return response
    .body()
    .data.map((alias: Record<string, string>) => [alias.alias, alias.payee, alias.origin])
}

test.group('Payee aliases', () => {
  test('are learned from a renamed import', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, csv('MIGROS 1234 ZURICH CH'))

    await rename(client, user, 'Migros')
    await importFile(client, user, checking, csv('Migros 99 12.03.2026', 'MIGROS 777 BERN CH'))

    assert.deepEqual(await aliases(client, user), [['migros', 'Migros', 'learned']])
    const payees = await shown(client, user)
    assert.sameDeepMembers(
      payees.map(({ payee, bankPayee }) => [payee, bankPayee]),
      [
        ['Migros', 'MIGROS 1234 ZURICH CH'],
        ['Migros 99 12.03.2026', null],
        ['Migros', 'MIGROS 777 BERN CH'],
      ]
    )
  })

  test('double nothing that was there', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = csv('MIGROS 1234', 'COOP 1')
    await importFile(client, user, checking, file)
    await rename(client, user, 'Coop')

    const again = await importFile(client, user, checking, file)

    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
  })

  test('follow the last name, and are forgotten', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, csv('MIGROS 1234'))

    await rename(client, user, 'Migros')
    await rename(client, user, 'Groceries')
    const learned = await aliases(client, user)
    await rename(client, user, 'MIGROS 1234')

    assert.deepEqual(learned, [['migros', 'Groceries', 'learned']])
    assert.deepEqual(await aliases(client, user), [])
    assert.containsSubset(await shown(client, user), [{ payee: 'MIGROS 1234', bankPayee: null }])
  })

  test('keep what a person entered', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await client.post(PATH).loginAs(user).json({ alias: 'MIGROS 555 BERN CH', payee: 'Migros' })
    await importFile(client, user, checking, csv('MIGROS 1234'))

    await rename(client, user, 'Lunch')

    assert.deepEqual(await aliases(client, user), [['migros', 'Migros', 'entered']])
  })

  test('are not learned from {what}')
    .with([
      { what: 'a text that names nobody', payee: 'Kartenzahlung 1234' },
      { what: 'a collector', payee: 'PAYPAL' },
    ])
    .run(async ({ client, assert }, { payee }) => {
      const { user, checking } = await household({ checking: 0 })
      await importFile(client, user, checking, csv(payee))

      await rename(client, user, 'Spotify')

      assert.deepEqual(await aliases(client, user), [])
    })

  test('are not learned from entered rows', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, payee: 'Corner shop' })

    await rename(client, user, 'Migros')

    assert.deepEqual(await aliases(client, user), [])
    assert.containsSubset(await shown(client, user), [{ payee: 'Migros', bankPayee: null }])
  })

  test('are named before rules look', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await client.post(PATH).loginAs(user).json({ alias: 'AMZN Mktp DE*1A2B3C', payee: 'Amazon' })
    await makeRule(client, user, {
      conditions: [{ field: 'payee', operator: 'is', value: 'Amazon' }],
      actions: [{ kind: 'setCategory', categoryId }],
    })
    await makeRule(client, user, {
      conditions: [{ field: 'payee', operator: 'startsWith', value: 'amzn' }],
      actions: [{ kind: 'addTags', tags: ['online'] }],
    })

    await importFile(client, user, checking, csv('AMZN Mktp DE*MK4TU9XV5'))

    assert.containsSubset(await shown(client, user), [
      {
        payee: 'Amazon',
        bankPayee: 'AMZN Mktp DE*MK4TU9XV5',
        category: { id: categoryId },
        tags: ['online'],
        lockedFields: [],
      },
    ])
  })

  test('leave the bank’s text to be found', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, csv('AMZN Mktp'))
    await rename(client, user, 'Amazon')

    assert.lengthOf(await shown(client, user, { q: 'amzn' }), 1)
  })

  test('are unique', async ({ client, assert }) => {
    const user = await newcomer()
    await client.post(PATH).loginAs(user).json({ alias: 'Migros', payee: 'Migros' })

    const again = await client.post(PATH).loginAs(user).json({ alias: 'MIGROS 999', payee: 'M' })

    again.assertStatus(409)
    assert.equal(again.body().code, 'Conflict')
  })
})
