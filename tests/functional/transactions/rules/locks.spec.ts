import { test } from '@japa/runner'
import { categoryOf, household, split } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { makeRule, runRule } from '#tests/support/rules'
import { tenant } from '#core/database/tenant'
import Transaction from '#transactions/models/transaction'
import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions'
const CSV = 'date,payee,category,tags,amount\n2026-01-01,CAFE 12,Gifts,morning,-3\n'

/** A user with one imported row. */
async function imported(client: ApiClient) {
  const { user, checking } = await household({ checking: 0 })
  await importFile(client, user, checking, CSV)
  const row = await tenant.transaction(user.id, (trx) =>
    Transaction.query({ client: trx }).firstOrFail()
  )
  return { user, checking, row }
}

async function lockedFields(client: ApiClient, user: User, id: string) {
  const response = await client.get(`${PATH}/${id}`).loginAs(user)
  return response.body().lockedFields
}

test.group('Locked fields', () => {
  test('are none of an import', async ({ client, assert }) => {
    const { user, row } = await imported(client)

    assert.deepEqual(await lockedFields(client, user, row.id), [])
  })

  test('are what a person enters', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const details = { accountId: checking.id, amount: -1, bookedOn: '2026-01-01', payee: 'Café' }
    const entered = async (more: object) => {
      const response = await client
        .post(PATH)
        .loginAs(user)
        .json({ ...details, ...more })
      return response.body().lockedFields
    }

    assert.deepEqual(await entered({}), ['payee'])
    assert.deepEqual(await entered({ categoryId }), ['category', 'payee'])
    assert.deepEqual(await entered({ categoryId: null, tags: [] }), ['category', 'payee', 'tags'])
  })

  test('are what a person changes: {field}')
    .with([
      { field: 'category', change: { categoryId: null } },
      { field: 'payee', change: { payee: 'Café' } },
      { field: 'tags', change: { tags: ['morning'] } },
    ])
    .run(async ({ client, assert }, { field, change }) => {
      const { user, row } = await imported(client)
      const one = `${PATH}/${row.id}`

      await client.patch(one).loginAs(user).json({ notes: 'Seen', amount: -4 })
      await client.patch(one).loginAs(user).json(change)

      assert.deepEqual(await lockedFields(client, user, row.id), [field])
    })

  test('hold against every rule', async ({ client, assert }) => {
    const { user, row } = await imported(client)
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const ruleId = await makeRule(client, user, {
      actions: [
        { kind: 'setCategory', categoryId },
        { kind: 'setPayee', payee: 'Ruled' },
        { kind: 'addTags', tags: ['ruled'] },
      ],
    })
    const mine = { categoryId: null, payee: 'Mine', tags: ['mine'] }
    await client.patch(`${PATH}/${row.id}`).loginAs(user).json(mine)

    const { counts } = await runRule(client, user, ruleId)

    const shown = await client.get(`${PATH}/${row.id}`).loginAs(user)
    assert.containsSubset(shown.body(), { category: null, payee: 'Mine', tags: ['mine'] })
    assert.containsSubset(counts, { matched: 1, changed: 0 })
  })

  test('can be given back', async ({ client, assert }) => {
    const { user, row } = await imported(client)
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['ruled'] }] })
    const amend = (change: object) => client.patch(`${PATH}/${row.id}`).loginAs(user).json(change)
    await amend({ tags: [], payee: 'Café' })

    const given = await amend({ lockedFields: ['payee'] })
    await runRule(client, user, ruleId)

    assert.deepEqual(given.body().lockedFields, ['payee'])
    const shown = await client.get(`${PATH}/${row.id}`).loginAs(user)
    assert.deepEqual(shown.body().tags, ['ruled'])
  })

  test('can be set without a lock', async ({ client, assert }) => {
    const { user, row } = await imported(client)

    const response = await client
      .patch(`${PATH}/${row.id}`)
      .loginAs(user)
      .json({ categoryId: null, lockedFields: [] })

    assert.containsSubset(response.body(), { category: null, lockedFields: [] })
  })

  test('go with a category that is deleted', async ({ client, assert }) => {
    const { user, row } = await imported(client)
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    await client.patch(`${PATH}/${row.id}`).loginAs(user).json({ categoryId: gifts.id })
    const remove = (id: string, query: object) =>
      client.delete(`${PATH}/categories/${id}`).qs(query).loginAs(user)

    await remove(gifts.id, { moveTo: dining.id })
    const moved = await lockedFields(client, user, row.id)
    await remove(dining.id, {})

    assert.deepEqual(moved, ['category'])
    assert.deepEqual(await lockedFields(client, user, row.id), [])
  })

  test('last as long as the splits', async ({ client, assert }) => {
    const { user, row } = await imported(client)
    await split(user, row, [[await categoryOf(user, 'Dining'), row.amountMinor]])

    const divided = await lockedFields(client, user, row.id)
    await client.put(`${PATH}/${row.id}/splits`).loginAs(user).json([])

    assert.deepEqual(divided, ['category'])
    assert.deepEqual(await lockedFields(client, user, row.id), [])
  })

  test('are named by their names', async ({ client, assert }) => {
    const { user, row } = await imported(client)

    const response = await client
      .patch(`${PATH}/${row.id}`)
      .loginAs(user)
      .json({ lockedFields: ['amount'] })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'lockedFields.0')
  })
})
