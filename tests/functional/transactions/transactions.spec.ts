import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { balances, categoryOf, household, open, record } from '#tests/support/household'
import { resourceContract } from '#tests/support/resource_contract'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions'

async function newAccount(user: User) {
  const { id } = await open(user, 'checking')
  return id
}

resourceContract({
  name: 'Transactions',
  path: PATH,
  valid: async (user) => ({
    accountId: await newAccount(user),
    amount: -12_99,
    bookedOn: '2026-02-28',
    payee: 'Bäckerei <b>Süß</b>',
    description: 'Bread',
    tags: ['food', 'weekly'],
    notes: 'Line one\nline two',
  }),
  invalid: [
    { change: { amount: 0 }, field: 'amount' },
    { change: { amount: 0.5 }, field: 'amount' },
    { change: { amount: '5' }, field: 'amount' },
    { change: { amount: null }, field: 'amount' },
    { change: { bookedOn: '2026-02-29' }, field: 'bookedOn' },
    { change: { bookedOn: '28.02.2026' }, field: 'bookedOn' },
    { change: { bookedOn: '2026-02-28T10:00:00Z' }, field: 'bookedOn' },
    { change: { payee: '' }, field: 'payee' },
    { change: { payee: 'x'.repeat(256) }, field: 'payee' },
    { change: { payee: 'two\nlines' }, field: 'payee' },
    { change: { accountId: 'checking' }, field: 'accountId' },
    { change: { accountId: randomUUIDv7() }, field: 'accountId' },
    { change: { categoryId: randomUUIDv7() }, field: 'categoryId' },
    { change: { tags: ['same', 'same'] }, field: 'tags' },
    { change: { tags: [''] }, field: 'tags.0' },
    { change: { kind: 'income' }, field: 'kind' },
    { change: { currency: 'USD' }, field: 'currency' },
  ],
  change: { amount: 7_00, payee: 'Somebody else', notes: null, tags: [] },
})

test.group('Transactions', () => {
  test('are what their sign says', async ({ client, assert }) => {
    const { user, yen } = await household({ yen: { currency: 'JPY' } })
    const post = (amount: number) =>
      client
        .post(PATH)
        .loginAs(user)
        .json({ accountId: yen.id, amount, bookedOn: '2026-01-01', payee: 'X' })

    const [income, expense] = [await post(5), await post(-3)]

    assert.containsSubset(income.body(), { kind: 'income', amount: 5, currency: 'JPY' })
    assert.containsSubset(expense.body(), { kind: 'expense', amount: -3, currency: 'JPY' })
    assert.deepEqual(await balances(user), { yen: 2 })
  })

  test('turn with their sign', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -5 })

    const response = await client.patch(`${PATH}/${id}`).loginAs(user).json({ amount: 8 })

    assert.containsSubset(response.body(), { kind: 'income', amount: 8 })
    assert.deepEqual(await balances(user), { checking: 8 })
  })

  test('move to an account of one currency', async ({ client, assert }) => {
    const { user, checking, savings, dollars } = await household({
      checking: 0,
      savings: 0,
      dollars: { currency: 'USD' },
    })
    const { id } = await record(user, { accountId: checking.id, amount: -5 })
    const move = (accountId: string) =>
      client.patch(`${PATH}/${id}`).loginAs(user).json({ accountId })

    const [moved, refused] = [await move(savings.id), await move(dollars.id)]

    moved.assertStatus(200)
    refused.assertStatus(422)
    assert.equal(refused.body().errors[0].field, 'accountId')
    assert.deepEqual(await balances(user), { checking: 0, savings: -5, dollars: 0 })
  })

  test('lose and gain a category', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const { id } = await record(user, { accountId: checking.id, amount: -5, categoryId })
    const change = (changes: object) => client.patch(`${PATH}/${id}`).loginAs(user).json(changes)

    const lost = await change({ categoryId: null })
    const gained = await change({ categoryId })

    assert.isNull(lost.body().category)
    assert.deepEqual(gained.body().category, { id: categoryId, name: 'Dining' })
  })

  test("point at nothing of another's", async ({ client, assert }) => {
    const mine = await household({ checking: 0 })
    const theirs = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(theirs.user, 'Dining')
    const valid = {
      accountId: mine.checking.id,
      amount: 1,
      bookedOn: '2026-01-01',
      payee: 'X',
    }
    const own = await record(mine.user, valid)
    const post = (change: object) =>
      client
        .post(PATH)
        .loginAs(mine.user)
        .json({ ...valid, ...change })
    const patch = (change: object) =>
      client.patch(`${PATH}/${own.id}`).loginAs(mine.user).json(change)

    const responses = [
      await post({ accountId: theirs.checking.id }),
      await patch({ accountId: theirs.checking.id }),
      await post({ categoryId }),
      await patch({ categoryId }),
    ]

    assert.deepEqual(
      responses.map((response) => [response.status(), response.body().errors[0].field]),
      [
        [422, 'accountId'],
        [422, 'accountId'],
        [422, 'categoryId'],
        [422, 'categoryId'],
      ]
    )
    assert.deepEqual(await balances(theirs.user), { checking: 0 })
  })

  test("have a bank's id once per account", async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const neighbour = await household({ checking: 0 })
    const post = (accountId: string, as = user) =>
      client
        .post(PATH)
        .loginAs(as)
        .json({ accountId, amount: 1, bookedOn: '2026-01-01', payee: 'X', externalId: 'B-1' })

    const responses = [
      await post(checking.id),
      await post(checking.id),
      await post(savings.id),
      await post(neighbour.checking.id, neighbour.user),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [201, 409, 201, 201]
    )
    assert.equal(responses[1].body().code, 'Conflict')
    assert.deepEqual(await balances(user), { checking: 1, savings: 1 })
  })
})
