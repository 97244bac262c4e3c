import { test } from '@japa/runner'
import { household } from '#tests/support/household'

const LARGEST = Number.MAX_SAFE_INTEGER

test.group('Transactions / bounds', () => {
  test('keep every sum exact', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const book = (amount: number) =>
      client.post('/api/v1/transactions').loginAs(user).json({
        accountId: checking.id,
        amount,
        bookedOn: '2026-01-31',
        payee: 'Central Bank',
      })
    const first = await book(LARGEST)

    const second = await book(LARGEST)

    const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
    first.assertStatus(201)
    second.assertStatus(422)
    assert.equal(summary.body().totalBalance, LARGEST)
  })

  test('hold for opening balances too', async ({ client }) => {
    const { user } = await household({ checking: LARGEST })

    const response = await client
      .post('/api/v1/wallet/accounts')
      .loginAs(user)
      .json({ name: 'Another', type: 'savings', openingBalance: LARGEST })

    response.assertStatus(422)
  })

  test('take null only where it means something', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const response = await client
      .patch(`/api/v1/wallet/accounts/${checking.id}`)
      .loginAs(user)
      .json({ name: null })

    response.assertStatus(422)
    assert.deepInclude(response.body().errors[0], { field: 'name', rule: 'notNull' })
  })

  test('name twenty unknown fields at most', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, n]))

    const response = await client.post('/api/v1/wallet/accounts').loginAs(user).json(unknown)

    response.assertStatus(422)
    const { errors } = response.body()
    assert.lengthOf(
      errors.filter(({ rule }: { rule: string }) => rule === 'unknown'),
      20
    )
  })
})
