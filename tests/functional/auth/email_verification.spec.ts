import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { eventually } from '#tests/support/eventually'
import { newcomer } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'

const VERIFY = '/api/v1/auth/verify-email'
const RESEND = `${VERIFY}/resend`
const CONFIRM = /confirm your e-mail/i

test.group('E-mail verification', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  test('proves the address once', async ({ client, assert }) => {
    const user = await newcomer()
    const token = tokenOf(await mailbox().next(user.email, CONFIRM))

    const verified = await client.post(VERIFY).json({ token })
    const again = await client.post(VERIFY).json({ token })

    verified.assertStatus(204)
    again.assertStatus(422)
    assert.equal(again.body().errors[0].field, 'token')
    const me = await client.get('/api/v1/users/me').loginAs(user)
    assert.isTrue(me.body().emailVerified)
  })

  test('registers while mail is down', async ({ client, assert }) => {
    await mailbox().close()

    const user = await newcomer()
    await eventually(async () => {
      const { rows } = await system.transaction((trx) =>
        trx.rawQuery('SELECT token_hash FROM email_verifications WHERE user_id = ?', [user.id])
      )
      return rows[0]?.token_hash
    })
    assert.lengthOf(mailbox().to(user.email), 0)
    await mailbox().open()

    const token = tokenOf(await mailbox().next(user.email, CONFIRM))
    const verified = await client.post(VERIFY).json({ token })
    verified.assertStatus(204)
    assert.lengthOf(mailbox().to(user.email), 1)
  })

  test('keeps no token and no address anywhere', async ({ assert }) => {
    const user = await newcomer()
    const letter = await mailbox().next(user.email, CONFIRM)
    const token = tokenOf(letter)

    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT row_to_json(v)::text AS row FROM email_verifications v WHERE user_id = ?
         UNION ALL SELECT row_to_json(o)::text FROM outbox o
         WHERE queue = 'email' AND payload->>'userId' = ?`,
        [user.id, user.id]
      )
    )
    const [, outbox] = rows
    const emails = await queue().manager.open('email')
    const jobs = await emails.getJobs()

    assert.lengthOf(rows, 2)
    for (const { row } of rows) assert.notInclude(row, token)
    assert.notInclude(outbox.row, user.email)
    assert.isNotEmpty(jobs)
    assert.notInclude(JSON.stringify(jobs), token)
    assert.notInclude(JSON.stringify(jobs), user.email)
  })

  test('ends after 24 hours', async ({ client }) => {
    const user = await newcomer()
    const token = tokenOf(await mailbox().next(user.email, CONFIRM))
    await system.transaction((trx) =>
      trx.rawQuery(
        `UPDATE email_verifications SET expires_at = expires_at - interval '24 hours' WHERE user_id = ?`,
        [user.id]
      )
    )

    const late = await client.post(VERIFY).json({ token })

    late.assertStatus(422)
  })

  test('sends again, and the old token dies', async ({ client, assert }) => {
    const user = await newcomer()
    const first = tokenOf(await mailbox().next(user.email, CONFIRM))

    await client.post(RESEND).json({ email: user.email.toUpperCase() })

    await eventually(() => mailbox().to(user.email).length === 2)
    const second = tokenOf(mailbox().to(user.email)[1])
    const old = await client.post(VERIFY).json({ token: first })
    const current = await client.post(VERIFY).json({ token: second })
    assert.notEqual(second, first)
    old.assertStatus(422)
    current.assertStatus(204)
  })

  test('resends alike to everybody', async ({ client, assert }) => {
    const [waiting, verified] = [await newcomer(), await newcomer()]
    const token = tokenOf(await mailbox().next(verified.email, CONFIRM))
    await client.post(VERIFY).json({ token })
    await mailbox().next(waiting.email, CONFIRM)
    const emails = [waiting.email, verified.email, `nobody-${waiting.email}`]

    const answers = []
    for (const email of emails) answers.push(await client.post(RESEND).json({ email }))

    assert.deepEqual(
      answers.map((answer) => [answer.status(), answer.text() ?? '']),
      answers.map(() => [202, ''])
    )
    await eventually(() => mailbox().to(waiting.email).length === 2)
    await eventually(async () => (await queue().open('email')) === 0)
    assert.deepEqual(
      emails.map((email) => mailbox().to(email).length),
      [2, 1, 0]
    )
  })

  test('lets one of many claims win', async ({ client, assert }) => {
    const user = await newcomer()
    const token = tokenOf(await mailbox().next(user.email, CONFIRM))

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post(VERIFY).json({ token }))
    )

    const won = answers.filter((answer) => answer.status() === 204)
    assert.lengthOf(won, 1)
  })

  test('writes nothing that a stranger chose', async ({ client, assert }) => {
    const email = `victim-${crypto.randomUUID()}@example.com`
    const name = 'Prize <b>http://evil.example</b>\u2028Bcc: third@example.com'
    const made = await client
      .post('/api/v1/auth/register')
      .json({ email, name, password: 'correct horse battery' })

    const { raw, mail, to } = await mailbox().next(email, CONFIRM)

    made.assertStatus(201)
    assert.deepEqual(to, [email])
    assert.notMatch(raw, /evil|third@|Prize/i)
    assert.notInclude(mail.html || '', 'evil')
    assert.include(mail.html || '', '/verify-email#token=fin_mt_')
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  })
})

test.group('E-mail verification / other tokens', () => {
  test('refuses {title}')
    .with([
      { title: 'nothing', token: '' },
      { title: 'a stranger', token: 'fin_mt_AAAA' },
      { title: 'zeros', token: `fin_mt_${'A'.repeat(64)}` },
      { title: 'a very long text', token: 'x'.repeat(10_000) },
    ])
    .run(async ({ client, assert }, { token }) => {
      const response = await client.post(VERIFY).json({ token })

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'token')
    })
})
