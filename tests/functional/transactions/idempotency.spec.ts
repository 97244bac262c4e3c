import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'

const PATH = '/api/v1/transactions'

test.group('Transactions / idempotency', () => {
  test('happen once under one key', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const body = { accountId: checking.id, amount: -9, bookedOn: '2026-01-01', payee: 'X' }

    const responses = await Promise.all(
      Array.from({ length: 10 }, () =>
        client.post(PATH).loginAs(user).header('idempotency-key', 'pay-once').json(body)
      )
    )

    const statuses = new Set(responses.map((response) => response.status()))
    assert.isTrue(statuses.has(201))
    assert.isEmpty([...statuses].filter((status) => ![201, 409].includes(status)))
    assert.deepEqual(await balances(user), { checking: -9 })
  })

  test("share no keys with other users'", async ({ client, assert }) => {
    const [one, other] = [await household({ checking: 0 }), await household({ checking: 0 })]
    const post = ({ user, checking }: typeof one) =>
      client
        .post(PATH)
        .loginAs(user)
        .header('idempotency-key', 'the-same')
        .json({ accountId: checking.id, amount: 4, bookedOn: '2026-01-01', payee: 'X' })

    const responses = [await post(one), await post(other)]

    assert.deepEqual(
      responses.map((response) => response.status()),
      [201, 201]
    )
    assert.notEqual(responses[0].body().id, responses[1].body().id)
  })

  test('remember no refused request', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const post = (amount: number) =>
      client
        .post(PATH)
        .loginAs(user)
        .header('idempotency-key', 'try')
        .json({ accountId: checking.id, amount, bookedOn: '2026-01-01', payee: 'X' })

    const [refused, corrected] = [await post(0), await post(5)]

    refused.assertStatus(422)
    assert.include([201, 422], corrected.status())
    const booked = corrected.status() === 201 ? 5 : 0
    assert.deepEqual(await balances(user), { checking: booked })
  })
})
