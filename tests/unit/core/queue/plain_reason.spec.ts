import { test } from '@japa/runner'
import { plainIds, plainReason } from '#core/queue/failures/plain_reason'

const ID = '01a21860-9e32-7eff-bfba-81865312b185'

test.group('Job failures / what is told', () => {
  test('{0}')
    .with([
      ['nobody is called ada@example.com', 'nobody is called …'],
      [`user ${ID} is gone`, `user ${ID} is gone`],
      [
        'invalid input syntax for type date: "Ada Lovelace"',
        'invalid input syntax for type date: …',
      ],
      [`payee 'Ada Lovelace' is no payee`, 'payee … is no payee'],
      ['Key (email)=(ada@example.com) already exists.', 'Key (email)… already exists.'],
      ['account DE89 3704 0044 0532 0130 00 is closed', 'account … is closed'],
      [
        'amount 1234567 is too much, 503 was the answer',
        'amount … is too much, 503 was the answer',
      ],
      ["couldn't be, and wasn't", "couldn't be, and wasn't"],
      ['no end: "Ada Lovelace', 'no end: …'],
      [`no file "/home/ada/${ID}/ada.csv" here`, 'no file … here'],
      ['first line\nsecret line', 'first line'],
    ])
    .run(({ assert }, [message, told]) => {
      assert.equal(plainReason(new Error(message)), told)
    })

  test('is told at once, whatever was thrown', ({ assert }) => {
    const startedAt = performance.now()

    plainReason(new Error(`is AA11${'A'.repeat(42)}a an account?`))
    plainReason(new Error('a'.repeat(20_000)))
    const told = plainReason(new Error(`"${'Ada '.repeat(2_000)}" is too long`))

    assert.isBelow(performance.now() - startedAt, 100)
    assert.equal(told, '…')
  })

  test('names what Postgres refused', ({ assert }) => {
    const error = Object.assign(new Error(`insert … ('Ada') - duplicate key`), {
      code: '23505',
      table: 'users',
      constraint: 'users_email_unique',
    })

    const told = plainReason(error)

    assert.equal(told, 'SQLSTATE 23505 users users_email_unique')
    assert.equal(plainReason(new Error(told)), told)
  })

  test('keeps ids, numbers and switches of a payload', ({ assert }) => {
    const payload = {
      userId: ID,
      first: 3,
      again: true,
      file: '/home/ada',
      email: 'ada@example.com',
    }

    assert.deepEqual(plainIds(payload), { userId: ID, first: 3, again: true })
  })
})
