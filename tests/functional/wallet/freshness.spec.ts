import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, categoryOf, household, newcomer, record } from '#tests/support/household'
import type User from '#users/models/user'

const ANALYTICS = ['summary', 'cashflow', 'networth', 'analytics']
const TRANSACTIONS = '/api/v1/transactions'

/** What each analytic answer says, without the time it was asked at. */
async function answers(client: ApiClient, user: User) {
  const said: Record<string, object> = {}
  for (const name of ANALYTICS) {
    const response = await client.get(`/api/v1/wallet/${name}`).loginAs(user)
    const { asOf, ...body } = response.body()
    said[name] = body
  }
  return said
}

test.group('Analytics / freshness', () => {
  test('follows a write at once: {name}')
    .with(ANALYTICS.map((name) => ({ name })))
    .run(async ({ client, assert }, { name }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -100 })
      const write = () =>
        client
          .post(TRANSACTIONS)
          .loginAs(user)
          .json({ accountId: checking.id, amount: -7, bookedOn: '2026-01-20', payee: 'Kiosk' })

      const { [name]: before } = await answers(client, user)
      const { [name]: cached } = await answers(client, user)
      await write()
      const { [name]: after } = await answers(client, user)

      assert.deepEqual(cached, before)
      assert.notDeepEqual(after, before)
      assert.include(JSON.stringify(after), '107')
    })

  test('returns when the write is taken back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const kept = await record(user, { accountId: checking.id, amount: -100, categoryId })
    const before = await answers(client, user)
    const one = `${TRANSACTIONS}/${kept.id}`

    await client.patch(one).loginAs(user).json({ amount: 55, categoryId: null })
    const changed = await answers(client, user)
    await client.patch(one).loginAs(user).json({ amount: -100, categoryId })
    const restored = await answers(client, user)

    assert.notDeepEqual(changed.summary, before.summary)
    assert.deepEqual(restored, before)
  })

  test('follows accounts and categories too', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 1 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await record(user, { accountId: checking.id, amount: -100, categoryId })
    await answers(client, user)

    await client
      .patch(`/api/v1/wallet/accounts/${checking.id}`)
      .loginAs(user)
      .json({ openingBalance: 777 })
    await client
      .patch(`${TRANSACTIONS}/categories/${categoryId}`)
      .loginAs(user)
      .json({ name: 'Eating out' })
    const { summary } = await answers(client, user)

    assert.containsSubset(summary, { totalBalance: 677, topCategories: [{ name: 'Eating out' }] })
  })

  test('shows no user what is cached for another', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 123_456 })
    await record(user, { accountId: checking.id, amount: -654_321 })
    await answers(client, user)

    const stranger = await answers(client, await newcomer())

    assert.notMatch(JSON.stringify(stranger), /123456|654321|530865/)
  })

  test('loses none of many writes at once', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const post = (path: string, body: object) => client.post(path).loginAs(user).json(body)
    const bookedOn = '2026-01-20'

    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? post(TRANSACTIONS, { accountId: checking.id, amount: -3, bookedOn, payee: 'Kiosk' })
          : post(`${TRANSACTIONS}/transfers`, {
              fromAccountId: (index % 4 ? checking : savings).id,
              toAccountId: (index % 4 ? savings : checking).id,
              amount: 10,
              bookedOn,
            })
      )
    )

    assert.deepEqual([...new Set(responses.map((response) => response.status()))], [201])
    assert.deepEqual(await balances(user), { checking: -30, savings: 0 })
    const { summary } = await answers(client, user)
    assert.containsSubset(summary, {
      expenses: 30,
      totalBalance: -30,
    })
  })
})
