import { randomUUIDv7 } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { household, record } from '#tests/support/household'
import type User from '#users/models/user'

async function summaryOf(client: ApiClient, user: User, query: object = {}) {
  const response = await client.get('/api/v1/wallet/summary').qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

test.group('Summary / limits', () => {
  test('looks at one account', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 10, savings: 20 })
    await record(user, { accountId: checking.id, amount: 5 })
    await record(user, { accountId: savings.id, amount: 7 })

    const summary = await summaryOf(client, user, { accountId: savings.id })

    assert.containsSubset(summary, { totalBalance: 27, income: 7 })
    assert.lengthOf(summary.byAccount, 1)
  })

  test("tells nothing of another's account", async ({ client, assert }) => {
    const [mine, theirs] = [await household({ checking: 1 }), await household({ secret: 999 })]

    const response = await client
      .get('/api/v1/wallet/summary')
      .qs({ accountId: theirs.secret.id })
      .loginAs(mine.user)
    const unknown = await client
      .get('/api/v1/wallet/summary')
      .qs({ accountId: randomUUIDv7() })
      .loginAs(mine.user)

    assert.equal(response.status(), unknown.status())
    assert.notInclude(response.text(), '999')
    assert.notInclude(response.text(), 'secret')
  })

  test('reports what it cannot convert', async ({ client, assert }) => {
    const { user, dollars } = await household({
      checking: 100,
      dollars: { opening: 50, currency: 'USD' },
      yen: { opening: -7, currency: 'JPY' },
    })
    await record(user, { accountId: dollars.id, amount: 25 })

    const summary = await summaryOf(client, user)

    assert.containsSubset(summary, { currency: 'EUR', totalBalance: 100, income: 0 })
    assert.sameDeepMembers(summary.unconverted, [
      { currency: 'USD', amount: 75 },
      { currency: 'JPY', amount: -7 },
    ])
  })

  test('refuses {title}')
    .with([
      { title: 'an end before the start', query: { from: '2026-02-01', to: '2026-01-31' } },
      { title: 'a day that never was', query: { from: '2026-02-30' } },
      { title: 'an instant', query: { to: '2026-02-01T00:00:00Z' } },
      { title: 'an account that is no id', query: { accountId: '1' } },
      { title: 'an unknown parameter', query: { userId: randomUUIDv7() } },
    ])
    .run(async ({ client, assert }, { query }) => {
      const { user } = await household({})

      const response = await client.get('/api/v1/wallet/summary').qs(query).loginAs(user)

      response.assertStatus(422)
      assert.include(Object.keys(query), response.body().errors[0].field)
    })

  test('holds the largest amounts exactly', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: Number.MAX_SAFE_INTEGER })

    const summary = await summaryOf(client, user)

    assert.equal(summary.totalBalance, Number.MAX_SAFE_INTEGER)
  })
})
