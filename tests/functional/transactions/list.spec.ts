import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { categoryOf, household, record, split, transfer } from '#tests/support/household'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions'

type Listed = { id: string; payee: string; bookedOn: string }

async function payees(client: ApiClient, user: User, query: object): Promise<string[]> {
  const response = await client.get(PATH).qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body().data.map(({ payee }: Listed) => payee)
}

/** Every page, with `between` done before the next one is asked for. */
async function everyPage(
  client: ApiClient,
  user: User,
  limit: number,
  between: () => Promise<unknown> = async () => {}
) {
  const seen: Listed[] = []
  let query: { limit: number; cursor?: string } = { limit }
  do {
    const page = await client.get(PATH).qs(query).loginAs(user)
    seen.push(...page.body().data)
    query = { limit, cursor: page.body().meta.nextCursor }
    await between()
  } while (query.cursor)
  return seen
}

test.group('Transactions / list', () => {
  test('shows the newest first', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const days = {
      old: '2025-01-01',
      newest: '2026-02-02',
      middle: '2026-01-01',
      later: '2026-01-01',
    }
    for (const [payee, bookedOn] of Object.entries(days)) {
      await record(user, { accountId: checking.id, amount: 1, payee, bookedOn })
    }

    const listed = await payees(client, user, {})

    assert.deepEqual(listed, ['newest', 'later', 'middle', 'old'])
  })

  test('filters by {title}')
    .with([
      { title: 'account', query: { accountId: 'savings' }, expected: ['Interest', 'checking'] },
      { title: 'category', query: { categoryId: 'Dining' }, expected: ['Mall', 'Café 100%'] },
      { title: 'income', query: { kind: 'income' }, expected: ['Interest'] },
      { title: 'transfers', query: { kind: 'transfer' }, expected: ['checking', 'savings'] },
      {
        title: 'days',
        query: { from: '2026-01-03', to: '2026-01-04' },
        expected: ['Mall', 'Interest'],
      },
      { title: 'amounts', query: { minAmount: -60, maxAmount: -40 }, expected: ['Mall'] },
      { title: 'tag', query: { tag: 'work' }, expected: ['Café 100%'] },
      { title: 'payee, whatever the case', query: { q: 'cAFÉ' }, expected: ['Café 100%'] },
      { title: 'description', query: { q: 'espresso' }, expected: ['Café 100%'] },
      { title: 'a percent sign', query: { q: '100%' }, expected: ['Café 100%'] },
      { title: 'an underscore', query: { q: '_' }, expected: [] },
      { title: 'a backslash', query: { q: '\\' }, expected: [] },
      { title: 'both at once', query: { tag: 'work', kind: 'income' }, expected: [] },
    ])
    .run(async ({ client, assert }, { query, expected }) => {
      const { user, checking, savings } = await household({ checking: 0, savings: 0 })
      const dining = await categoryOf(user, 'Dining')
      const gifts = await categoryOf(user, 'Gifts')
      await record(user, {
        accountId: checking.id,
        amount: -5,
        bookedOn: '2026-01-02',
        payee: 'Café 100%',
        description: 'Two espressos',
        categoryId: dining.id,
        tags: ['work'],
      })
      await record(user, {
        accountId: savings.id,
        amount: 3,
        bookedOn: '2026-01-03',
        payee: 'Interest',
      })
      const mall = await record(user, {
        accountId: checking.id,
        amount: -50,
        bookedOn: '2026-01-04',
        payee: 'Mall',
      })
      await split(user, mall, [
        [dining, -20],
        [gifts, -30],
      ])
      await transfer(user, checking, savings, 1, { bookedOn: '2026-01-01' })
      const ids: Record<string, string> = { savings: savings.id, Dining: dining.id }
      const resolved = Object.fromEntries(
        Object.entries<string | number | undefined>(query).map(([name, value]) => [
          name,
          ids[value!] ?? value,
        ])
      )

      const listed = await payees(client, user, resolved)

      assert.sameOrderedMembers(listed, listed.length ? listed : [])
      assert.sameMembers(listed, expected)
    })

  test('pages through each row once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const made = []
    for (let index = 0; index < 23; index++) {
      const bookedOn = `2026-01-0${1 + (index % 4)}`
      made.push(await record(user, { accountId: checking.id, amount: 1, bookedOn }))
    }

    const seen = await everyPage(client, user, 5)

    const order = (row: Listed) => `${row.bookedOn} ${row.id}`
    assert.deepEqual(
      seen.map(order),
      made
        .map((row) => order(row as Listed))
        .sort()
        .reverse()
    )
  })

  test('stays stable while rows arrive', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const book = (payee: string, bookedOn: string) =>
      record(user, { accountId: checking.id, amount: 1, payee, bookedOn })
    for (let index = 0; index < 9; index++) await book(`old ${index}`, '2026-01-01')

    const seen = await everyPage(client, user, 2, () => book('new', '2026-02-01'))

    assert.lengthOf(seen, 9)
    assert.lengthOf(new Set(seen.map(({ id }) => id)), 9)
    assert.isTrue(seen.every(({ payee }) => payee.startsWith('old')))
  })

  test('refuses {title}')
    .with([
      { title: 'a page of none', query: { limit: 0 }, field: 'limit' },
      { title: 'a page of too many', query: { limit: 201 }, field: 'limit' },
      { title: 'half a page', query: { limit: '1.5' }, field: 'limit' },
      { title: 'a made-up cursor', query: { cursor: 'abc' }, field: 'cursor' },
      {
        title: 'a cursor with SQL in it',
        query: { cursor: Buffer.from(`["2026-01-01'--","x"]`).toString('base64url') },
        field: 'cursor',
      },
      { title: 'a kind there is not', query: { kind: 'gift' }, field: 'kind' },
      { title: 'an amount with decimals', query: { minAmount: '1.5' }, field: 'minAmount' },
      { title: 'an unknown filter', query: { user: 'x' }, field: 'user' },
    ])
    .run(async ({ client, assert }, { query, field }) => {
      const { user } = await household({})

      const response = await client.get(PATH).qs(query).loginAs(user)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })

  test('survives a forged cursor: {values}')
    .with([
      { values: '["2026-99-99","00000000-0000-7000-8000-000000000000"]' },
      { values: `["2026-01-01","${'-'.repeat(36)}"]` },
      { values: '["2026-01-01",null]' },
      { values: '{"bookedOn":"2026-01-01"}' },
    ])
    .run(async ({ client }, { values }) => {
      const { user } = await household({})
      const cursor = Buffer.from(values).toString('base64url')

      const response = await client.get(PATH).qs({ cursor }).loginAs(user)

      response.assertStatus(422)
    })
})
