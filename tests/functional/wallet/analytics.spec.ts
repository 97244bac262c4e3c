import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { categoryOf, household, record, split, transfer } from '#tests/support/household'
import type User from '#users/models/user'

type Group = { key: string | null; name: string; amount: number; count: number; share: string }

async function groupsOf(client: ApiClient, user: User, query: object): Promise<Group[]> {
  const response = await client.get('/api/v1/wallet/analytics').qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body().groups
}

const figures = (groups: Group[]) => groups.map(({ name, amount, count }) => [name, amount, count])

/** A month of everything: expenses, a refund, a split, a transfer, income. */
async function january() {
  const made = await household({ checking: 0, savings: 0 })
  const { user, checking, savings } = made
  const [groceries, gifts] = [await categoryOf(user, 'Groceries'), await categoryOf(user, 'Gifts')]
  const salary = await categoryOf(user, 'Salary')
  const book = (payee: string, amount: number, categoryId: string | null, tags: string[] = []) =>
    record(user, { accountId: checking.id, payee, amount, categoryId, tags })
  await book('Market', -300, groceries.id, ['food'])
  await book('Market', 100, groceries.id, ['food'])
  const mixed = await book('Mall', -90, null, ['food', 'party'])
  await split(user, mixed, [
    [groceries, -40],
    [gifts, -50],
  ])
  await book('Unknown', -10, null)
  await book('Employer', 2_000, salary.id)
  await transfer(user, checking, savings, 500)
  return made
}

test.group('Analytics', () => {
  test('groups by category', async ({ client, assert }) => {
    const { user } = await january()

    const expenses = await groupsOf(client, user, { groupBy: 'category' })
    const income = await groupsOf(client, user, { groupBy: 'category', kind: 'income' })

    assert.deepEqual(figures(expenses), [
      ['Groceries', 240, 3],
      ['Gifts', 50, 1],
      ['Uncategorised', 10, 1],
    ])
    assert.deepEqual(figures(income), [['Salary', 2_000, 1]])
    assert.equal(expenses[0].share, '0.8000')
    assert.isNull(expenses[2].key)
  })

  test('groups by payee', async ({ client, assert }) => {
    const { user } = await january()

    const groups = await groupsOf(client, user, { groupBy: 'payee' })

    assert.deepEqual(
      groups.map(({ name, amount }) => [name, amount]),
      [
        ['Market', 200],
        ['Mall', 90],
        ['Unknown', 10],
      ]
    )
  })

  test('counts a split payment once', async ({ client, assert }) => {
    const { user } = await january()

    const groups = await groupsOf(client, user, { groupBy: 'payee' })

    assert.equal(groups.find(({ name }) => name === 'Mall')!.count, 1)
  })

  test('groups by tag', async ({ client, assert }) => {
    const { user } = await january()

    const groups = await groupsOf(client, user, { groupBy: 'tag' })

    assert.deepEqual(
      groups.map(({ name, amount }) => [name, amount]),
      [
        ['food', 290],
        ['party', 90],
      ]
    )
  })

  test('groups by account', async ({ client, assert }) => {
    const { user, checking } = await january()

    const groups = await groupsOf(client, user, { groupBy: 'account' })

    assert.deepEqual(
      groups.map(({ key, name, amount }) => [key, name, amount]),
      [[checking.id, 'checking', 300]]
    )
  })

  test('compares with the period before', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Rent')
    const book = (amount: number, bookedOn: string) =>
      record(user, { accountId: checking.id, amount, bookedOn, categoryId })
    await book(-999, '2025-12-31')
    await book(-100, '2026-01-01')
    await book(-100, '2026-01-31')
    await book(-250, '2026-02-28')

    const february = { from: '2026-02-01', to: '2026-02-28' }
    const groups = await groupsOf(client, user, february)
    const all = await groupsOf(client, user, {})

    assert.containsSubset(groups, [{ amount: 250, previousAmount: 200, change: '0.2500' }])
    assert.containsSubset(all, [{ amount: 1_449, previousAmount: null, change: null }])
  })

  test('reports what it cannot convert', async ({ client, assert }) => {
    const { user, dollars } = await household({ dollars: { currency: 'USD' } })
    await record(user, { accountId: dollars.id, amount: -30 })

    const response = await client.get('/api/v1/wallet/analytics').loginAs(user)

    assert.deepEqual(response.body().groups, [])
    assert.deepEqual(response.body().unconverted, [{ currency: 'USD', amount: 30 }])
  })

  test('refuses {field}')
    .with([
      { field: 'groupBy', value: 'user' },
      { field: 'kind', value: 'transfer' },
      { field: 'from', value: 'yesterday' },
    ])
    .run(async ({ client, assert }, { field, value }) => {
      const { user } = await household({})

      const response = await client
        .get('/api/v1/wallet/analytics')
        .qs({ [field]: value })
        .loginAs(user)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })
})
