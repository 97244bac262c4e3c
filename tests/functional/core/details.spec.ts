import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { household, record } from '#tests/support/household'

const TRANSACTIONS = '/api/v1/transactions'

test.group('Problems / detail', () => {
  test('is in every answer', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1 })
    const one = `${TRANSACTIONS}/${id}`
    const body = { accountId: checking.id, amount: -1, bookedOn: '2026-01-01', payee: 'A' }
    const post = (json: object) =>
      client.post(TRANSACTIONS).loginAs(user).header('idempotency-key', id).json(json)
    await post(body)

    const answers = [
      await post({ ...body, amount: -2 }),
      await client
        .post(TRANSACTIONS)
        .loginAs(user)
        .json({ ...body, amount: 0 }),
      await client.get(`${TRANSACTIONS}/${randomUUIDv7()}`).loginAs(user),
      await client.get('/api/v1/nowhere').loginAs(user),
      await client.patch(one).loginAs(user).header('if-match', '"old"').json({ payee: 'B' }),
      await client.get(one),
      await client.put(TRANSACTIONS).loginAs(user).json({}),
    ]

    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [422, 422, 404, 404, 412, 401, 405]
    )
    for (const answer of answers) assert.isNotEmpty(answer.body().detail)
    assert.equal(answers[1].body().detail, answers[1].body().errors[0].message)
  })
})
