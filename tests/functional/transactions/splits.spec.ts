import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { balances, categoryOf, household, newcomer, record, split } from '#tests/support/household'

const PATH = '/api/v1/transactions'

async function receipt() {
  const made = await household({ checking: 0 })
  const [dining, gifts] = [
    await categoryOf(made.user, 'Dining'),
    await categoryOf(made.user, 'Gifts'),
  ]
  const { id } = await record(made.user, { accountId: made.checking.id, amount: -100 })
  return { ...made, dining, gifts, id, path: `${PATH}/${id}/splits` }
}

test.group('Splits', () => {
  test('divide a transaction exactly', async ({ client, assert }) => {
    const { user, dining, gifts, id, path } = await receipt()

    const response = await client
      .put(path)
      .loginAs(user)
      .json([
        { categoryId: dining.id, amount: -70, note: 'Lunch' },
        { categoryId: gifts.id, amount: -50 },
        { amount: 20, note: 'Deposit back' },
      ])

    response.assertStatus(200)
    assert.deepEqual(response.body().splits, [
      { categoryId: dining.id, categoryName: 'Dining', amount: -70, note: 'Lunch' },
      { categoryId: gifts.id, categoryName: 'Gifts', amount: -50, note: null },
      { categoryId: null, categoryName: null, amount: 20, note: 'Deposit back' },
    ])
    assert.deepInclude(response.body(), { id, amount: -100, category: null })
    assert.deepEqual(await balances(user), { checking: -100 })
  })

  test('are replaced, and put together again', async ({ client, assert }) => {
    const { user, dining, gifts, path } = await receipt()
    const put = (splits: object[]) => client.put(path).loginAs(user).json(splits)
    await put([{ categoryId: dining.id, amount: -100 }])

    const replaced = await put([
      { categoryId: gifts.id, amount: -99 },
      { categoryId: dining.id, amount: -1 },
    ])
    const whole = await put([])

    assert.lengthOf(replaced.body().splits, 2)
    assert.deepEqual(whole.body().splits, [])
    assert.deepEqual(await balances(user), { checking: -100 })
  })

  test('refuse {title}')
    .with([
      { title: 'a sum too small', splits: [{ amount: -99 }] },
      { title: 'a sum too large', splits: [{ amount: -60 }, { amount: -41 }] },
      { title: 'the wrong sign', splits: [{ amount: 100 }] },
      { title: 'nothing', splits: [{ amount: -100 }, { amount: 0 }] },
      {
        title: 'sums beyond the safe integers',
        splits: [
          { amount: Number.MAX_SAFE_INTEGER },
          { amount: Number.MIN_SAFE_INTEGER },
          { amount: -99 },
        ],
      },
      { title: 'an unknown category', splits: [{ amount: -100, categoryId: randomUUIDv7() }] },
      { title: 'too many', splits: Array.from({ length: 101 }, () => ({ amount: -1 })) },
      { title: 'an object', splits: { amount: -100 } },
    ])
    .run(async ({ client, assert }, { splits }) => {
      const { user, id, path } = await receipt()

      const response = await client.put(path).loginAs(user).json(splits)

      response.assertStatus(422)
      const after = await client.get(`${PATH}/${id}`).loginAs(user)
      assert.deepEqual(after.body().splits, [])
    })

  test("refuse another's category", async ({ client }) => {
    const { user, path } = await receipt()
    const { id: categoryId } = await categoryOf(await newcomer(), 'Dining')

    const response = await client
      .put(path)
      .loginAs(user)
      .json([{ categoryId, amount: -100 }])

    response.assertStatus(422)
  })

  test("hide another's transaction", async ({ client }) => {
    const { path } = await receipt()

    const response = await client
      .put(path)
      .loginAs(await newcomer())
      .json([{ amount: -100 }])
    const anonymous = await client.put(path).json([{ amount: -100 }])

    response.assertStatus(404)
    anonymous.assertStatus(401)
  })

  test('hold the amount and the category', async ({ client, assert }) => {
    const { user, dining, gifts, id, path } = await receipt()
    await client
      .put(path)
      .loginAs(user)
      .json([{ categoryId: dining.id, amount: -100 }])
    const change = (changes: object) => client.patch(`${PATH}/${id}`).loginAs(user).json(changes)

    const responses = [
      await change({ amount: -101 }),
      await change({ categoryId: gifts.id }),
      await change({ amount: -100, payee: 'Renamed' }),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [422, 422, 200]
    )
  })

  test('go with their transaction', async ({ client, assert }) => {
    const { user, dining, id, path } = await receipt()
    await client
      .put(path)
      .loginAs(user)
      .json([{ categoryId: dining.id, amount: -100 }])

    const response = await client.delete(`${PATH}/${id}`).loginAs(user)

    response.assertStatus(204)
    assert.deepEqual(await balances(user), { checking: 0 })
    const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
    assert.deepEqual(summary.body().topCategories, [])
  })

  test('change the tag of their transaction', async ({ client, assert }) => {
    const { user, dining, id, path } = await receipt()
    const seen = await client.get(`${PATH}/${id}`).loginAs(user)
    const put = (amount: number) =>
      client
        .put(path)
        .loginAs(user)
        .header('if-match', seen.header('etag')!)
        .json([{ categoryId: dining.id, amount }, { amount: -100 - amount }])

    const [first, stale] = [await put(-60), await put(-50)]

    first.assertStatus(200)
    assert.notEqual(first.header('etag'), seen.header('etag'))
    stale.assertStatus(412)
  })

  test('change the tag when only they change', async ({ client, assert }) => {
    const { user, dining, gifts, path } = await receipt()
    const put = (categoryId: string) =>
      client
        .put(path)
        .loginAs(user)
        .json([{ categoryId, amount: -100 }])

    const [first, second] = [await put(dining.id), await put(gifts.id)]

    assert.notEqual(second.header('etag'), first.header('etag'))
  })

  test('are kept by the database itself: {title}')
    .with([
      { title: 'altered', sql: 'UPDATE transaction_splits SET amount_minor = -1 WHERE true' },
      { title: 'removed', sql: 'DELETE FROM transaction_splits WHERE true' },
      { title: 'a new amount', sql: 'UPDATE transactions SET amount_minor = -101 WHERE is_split' },
      { title: 'forgotten', sql: 'UPDATE transactions SET is_split = false WHERE is_split' },
    ])
    .run(async ({ assert }, { sql }) => {
      const { user, checking, dining } = await receipt()
      const transaction = await record(user, { accountId: checking.id, amount: -10 })
      await split(user, transaction, [[dining, -10]])

      const write = () => tenant.ledger(user.id, (trx) => trx.rawQuery(sql))

      await assert.rejects(write, /do not add up/)
      assert.deepEqual(await balances(user), { checking: -110 })
    })
})
