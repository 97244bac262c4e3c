import { test } from '@japa/runner'
import { balances, categoryOf, household, transfer } from '#tests/support/household'

const PATH = '/api/v1/transactions/transfers'
const TRANSACTIONS = '/api/v1/transactions'

test.group('Transfers', () => {
  test('move money between accounts', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 500_00, savings: 0 })

    const response = await client.post(PATH).loginAs(user).json({
      fromAccountId: checking.id,
      toAccountId: savings.id,
      amount: 200_00,
      bookedOn: '2026-01-31',
      description: 'Rainy day',
    })

    const { transferId, from, to } = response.body()
    response.assertStatus(201)
    assert.containsSubset(from, { kind: 'transfer', amount: -200_00, transferId, payee: 'savings' })
    assert.containsSubset(to, { kind: 'transfer', amount: 200_00, transferId, payee: 'checking' })
    assert.deepEqual(await balances(user), { checking: 300_00, savings: 200_00 })
  })

  test('arrive in another currency', async ({ client, assert }) => {
    const { user, checking, dollars } = await household({
      checking: 0,
      dollars: { currency: 'USD' },
    })
    const post = (change: object) =>
      client
        .post(PATH)
        .loginAs(user)
        .json({
          fromAccountId: checking.id,
          toAccountId: dollars.id,
          amount: 100,
          bookedOn: '2026-01-31',
          ...change,
        })

    const [without, made] = [await post({}), await post({ toAmount: 109 })]

    without.assertStatus(422)
    assert.equal(without.body().errors[0].field, 'toAmount')
    assert.equal(made.body().to.currency, 'USD')
    assert.deepEqual(await balances(user), { checking: -100, dollars: 109 })
  })

  test('refuse {title}')
    .with([
      { title: 'one account twice', field: 'toAccountId', change: { toAccountId: 'checking' } },
      { title: 'a loss on the way', field: 'toAmount', change: { toAmount: 99 } },
      { title: 'nothing', field: 'amount', change: { amount: 0 } },
      { title: 'less than nothing', field: 'amount', change: { amount: -5 } },
      {
        title: "another's account as goal",
        field: 'toAccountId',
        change: { toAccountId: 'other' },
      },
      { title: "another's as source", field: 'fromAccountId', change: { fromAccountId: 'other' } },
      { title: 'a category', field: 'categoryId', change: { categoryId: 'x' } },
    ])
    .run(async ({ client, assert }, { field, change }) => {
      const { user, checking, savings } = await household({ checking: 100, savings: 0 })
      const neighbour = await household({ other: 0 })
      const ids: Record<string, string> = { checking: checking.id, other: neighbour.other.id }
      const wrong = Object.fromEntries(
        Object.entries<string | number | undefined>(change).map(([name, value]) => [
          name,
          ids[value!] ?? value,
        ])
      )

      const response = await client
        .post(PATH)
        .loginAs(user)
        .json({
          fromAccountId: checking.id,
          toAccountId: savings.id,
          amount: 100,
          bookedOn: '2026-01-31',
          ...wrong,
        })

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
      assert.deepEqual(await balances(user), { checking: 100, savings: 0 })
      assert.deepEqual(await balances(neighbour.user), { other: 0 })
    })

  test('go with both legs: {leg}')
    .with([{ leg: 'from' as const }, { leg: 'to' as const }])
    .run(async ({ client, assert }, { leg }) => {
      const { user, checking, savings } = await household({ checking: 100, savings: 0 })
      const legs = await transfer(user, checking, savings, 60)

      const response = await client.delete(`${TRANSACTIONS}/${legs[leg].id}`).loginAs(user)

      response.assertStatus(204)
      assert.deepEqual(await balances(user), { checking: 100, savings: 0 })
      const left = await client.get(TRANSACTIONS).loginAs(user)
      assert.isEmpty(left.body().data)
    })

  test('keep both legs on one day', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 100, savings: 0 })
    const { from, to } = await transfer(user, checking, savings, 60)
    const other = `${TRANSACTIONS}/${to.id}`
    const seen = await client.get(other).loginAs(user)

    await client.patch(`${TRANSACTIONS}/${from.id}`).loginAs(user).json({ bookedOn: '2026-03-01' })
    const moved = await client.get(other).loginAs(user)

    assert.equal(moved.body().bookedOn, '2026-03-01')
    assert.notEqual(moved.header('etag'), seen.header('etag'))
    assert.isAbove(Date.parse(moved.body().updatedAt), Date.parse(seen.body().updatedAt))
  })

  test('cannot become something else', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 100, savings: 0 })
    const { from } = await transfer(user, checking, savings, 60)
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const one = `${TRANSACTIONS}/${from.id}`

    const responses = [
      await client.patch(one).loginAs(user).json({ amount: -50 }),
      await client.patch(one).loginAs(user).json({ accountId: savings.id }),
      await client.patch(one).loginAs(user).json({ categoryId }),
      await client
        .put(`${one}/splits`)
        .loginAs(user)
        .json([{ categoryId, amount: -60 }]),
    ]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [422, 422, 422, 422]
    )
    assert.deepEqual(await balances(user), { checking: 40, savings: 60 })
  })

  test('happen once under one key', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 100, savings: 0 })
    const post = () =>
      client.post(PATH).loginAs(user).header('idempotency-key', 'move').json({
        fromAccountId: checking.id,
        toAccountId: savings.id,
        amount: 10,
        bookedOn: '2026-01-31',
      })

    const [first, again] = [await post(), await post()]

    assert.deepEqual(again.body(), first.body())
    assert.deepEqual(await balances(user), { checking: 90, savings: 10 })
  })
})
