import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { categoryOf, household, record, split, transfer } from '#tests/support/household'
import type User from '#users/models/user'

async function summaryOf(client: ApiClient, user: User, query: object = {}) {
  const response = await client.get('/api/v1/wallet/summary').qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

test.group('Summary', () => {
  test('is nothing at first', async ({ client, assert }) => {
    const { user } = await household({})

    const summary = await summaryOf(client, user)

    assert.containsSubset(summary, {
      totalBalance: 0,
      income: 0,
      expenses: 0,
      net: 0,
      savingsRate: null,
      topCategories: [],
      byAccount: [],
      period: { from: null, to: null },
      rates: [],
      unconverted: [],
    })
  })

  test('counts by sign, transfers in neither', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 100, savings: 0 })
    await record(user, { accountId: checking.id, amount: 1_000 })
    await record(user, { accountId: checking.id, amount: -250 })
    await transfer(user, checking, savings, 500)

    const summary = await summaryOf(client, user)

    assert.containsSubset(summary, {
      totalBalance: 850,
      income: 1_000,
      expenses: 250,
      net: 750,
      savingsRate: '0.7500',
    })
    assert.deepEqual(
      summary.byAccount.map(({ name, balance, income, expenses, net }: Record<string, number>) => [
        name,
        balance,
        income,
        expenses,
        net,
      ]),
      [
        ['checking', 350, 1_000, 250, 750],
        ['savings', 500, 0, 0, 0],
      ]
    )
  })

  test('nets refunds within a category', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [groceries, rent] = [await categoryOf(user, 'Groceries'), await categoryOf(user, 'Rent')]
    const book = (amount: number, categoryId: string | null) =>
      record(user, { accountId: checking.id, amount, categoryId })
    await book(-300, groceries.id)
    await book(100, groceries.id)
    await book(-600, rent.id)
    await book(-200, null)
    await book(5_000, null)

    const summary = await summaryOf(client, user)

    assert.deepEqual(
      summary.topCategories,
      [
        { categoryId: rent.id, name: 'Rent', amount: 600, count: 1, share: '0.6000' },
        { categoryId: null, name: 'Uncategorised', amount: 200, count: 1, share: '0.2000' },
        { categoryId: groceries.id, name: 'Groceries', amount: 200, count: 2, share: '0.2000' },
      ].sort((a, b) => b.amount - a.amount || (a.name < b.name ? -1 : 1))
    )
    assert.containsSubset(summary, { income: 5_100, expenses: 1_100 })
  })

  test('leaves out categories that came to nothing', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Travel')
    await record(user, { accountId: checking.id, amount: -100, categoryId })
    await record(user, { accountId: checking.id, amount: 100, categoryId })

    const summary = await summaryOf(client, user)

    assert.deepEqual(summary.topCategories, [])
    assert.containsSubset(summary, { income: 100, expenses: 100 })
  })

  test('gives splits to their categories', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    const receipt = await record(user, { accountId: checking.id, amount: -100 })
    await split(user, receipt, [
      [dining, -70],
      [gifts, -30],
    ])

    const summary = await summaryOf(client, user)

    assert.containsSubset(summary, { expenses: 100, totalBalance: -100 })
    assert.deepEqual(
      summary.topCategories.map(({ name, amount }: Record<string, unknown>) => [name, amount]),
      [
        ['Dining', 70],
        ['Gifts', 30],
      ]
    )
  })

  test('cuts months where the period does', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const days = ['2026-01-09', '2026-01-10', '2026-02-14', '2026-03-31', '2026-04-01']
    for (const [index, bookedOn] of days.entries()) {
      await record(user, { accountId: checking.id, amount: -(10 ** index), bookedOn })
    }
    const spent = async (from?: string, to?: string) => {
      const summary = await summaryOf(client, user, { ...(from && { from }), ...(to && { to }) })
      return [summary.expenses, summary.totalBalance]
    }

    assert.deepEqual(await spent('2026-01-10', '2026-03-31'), [1_110, -1_111])
    assert.deepEqual(await spent('2026-01-10', '2026-01-10'), [10, -11])
    assert.deepEqual(await spent('2026-02-01', '2026-02-28'), [100, -111])
    assert.deepEqual(await spent(undefined, '2026-03-30'), [111, -111])
    assert.deepEqual(await spent('2026-02-15'), [11_000, -11_111])
    assert.deepEqual(await spent('2027-01-01', '2027-12-31'), [0, -11_111])
    assert.deepEqual(await spent(), [11_111, -11_111])
  })
})
