import { test } from '@japa/runner'
import { household, newcomer, record } from '#tests/support/household'

const PATH = '/api/v1/transactions/payees'

async function someUse() {
  const { user, checking } = await household({ checking: 0 })
  const use = (payee: string, bookedOn: string) =>
    record(user, { accountId: checking.id, amount: -1, payee, bookedOn })
  await use('Café Zürich', '2026-01-01')
  await use('Café Zürich', '2026-03-01')
  await use('Café Zürich', '2026-02-01')
  await use('Migros', '2026-01-05')
  await use('Bakery 100%', '2026-01-07')
  return { user, use }
}

test.group('Payees', () => {
  test('come with their use, most used first', async ({ client, assert }) => {
    const { user } = await someUse()

    const response = await client.get(PATH).loginAs(user)

    assert.deepEqual(response.body(), {
      data: [
        { payee: 'Café Zürich', count: 3, lastUsedOn: '2026-03-01' },
        { payee: 'Bakery 100%', count: 1, lastUsedOn: '2026-01-07' },
        { payee: 'Migros', count: 1, lastUsedOn: '2026-01-05' },
      ],
      meta: { nextCursor: null },
    })
  })

  test('are found by {q}')
    .with([
      { q: 'zür', expected: ['Café Zürich'] },
      { q: 'CAF', expected: ['Café Zürich'] },
      { q: '0%', expected: ['Bakery 100%'] },
      { q: '_', expected: [] },
    ])
    .run(async ({ client, assert }, { q, expected }) => {
      const { user } = await someUse()

      const response = await client.get(PATH).qs({ q }).loginAs(user)

      assert.deepEqual(
        response.body().data.map(({ payee }: { payee: string }) => payee),
        expected
      )
    })

  test('come in pages', async ({ client, assert }) => {
    const { user } = await someUse()
    const seen: string[] = []

    for (let cursor: string | undefined; ;) {
      const response = await client.get(PATH).qs({ limit: 1, cursor }).loginAs(user)
      const { data, meta } = response.body()
      seen.push(...data.map(({ payee }: { payee: string }) => payee))
      if (meta.nextCursor === null) break
      cursor = meta.nextCursor
    }

    assert.deepEqual(seen, ['Café Zürich', 'Bakery 100%', 'Migros'])
  })

  test('know of a transaction at once', async ({ client, assert }) => {
    const { user, use } = await someUse()
    await client.get(PATH).loginAs(user)

    await use('Newcomer', '2026-04-01')

    const response = await client.get(PATH).qs({ q: 'new' }).loginAs(user)
    assert.deepEqual(response.body().data, [
      { payee: 'Newcomer', count: 1, lastUsedOn: '2026-04-01' },
    ])
  })

  test('are one’s own', async ({ client, assert }) => {
    await someUse()

    const response = await client.get(PATH).loginAs(await newcomer())

    assert.deepEqual(response.body().data, [])
  })

  test('need a sign-in', async ({ client }) => {
    const response = await client.get(PATH)

    response.assertStatus(401)
  })
})
