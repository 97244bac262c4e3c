import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { askedWhile } from '#tests/support/asked_while'
import { enrol } from '#tests/support/authenticator'
import { attempt, auditOf, canSignIn, lock } from '#tests/support/credentials'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'
import User from '#users/models/user'

const FORGOT = '/api/v1/auth/forgot-password'
const RESET = '/api/v1/auth/reset-password'
const LINK = /set a new password/i
const NEW = 'a better horse, this time'

test.group('Password reset', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  async function ask(client: ApiClient, email: string) {
    const response = await client.post(FORGOT).json({ email })
    response.assertStatus(202)
    return tokenOf(await mailbox().next(email, LINK))
  }

  test('sets a new password', async ({ client, assert }) => {
    const user = await newcomer()
    const [here, there] = [await signIn(client, user), await signIn(client, user)]
    const token = await ask(client, user.email)

    const response = await client.post(RESET).json({ token, password: NEW })

    response.assertStatus(204)
    assert.isFalse(await canSignIn(client, user))
    assert.isTrue(await canSignIn(client, user, NEW))
    for (const tokens of [here, there]) {
      assert.equal(await statusOf(client, tokens.accessToken), 401)
      assert.equal(await refreshStatus(client, tokens), 401)
    }
  })

  test('verifies, unlocks and tells the owner', async ({ client, assert }) => {
    const user = await newcomer()
    await lock(client, user.email)
    const token = await ask(client, user.email)

    await client.post(RESET).json({ token, password: NEW })

    const login = await attempt(client, user.email, NEW)
    login.assertStatus(200)
    assert.isTrue(login.body().user.emailVerified)
    await mailbox().next(user.email, /was changed/)
    assert.includeMembers(await auditOf(user), [
      'password.reset-requested',
      'account.unlocked',
      'password.reset',
    ])
  })

  test('works once', async ({ client, assert }) => {
    const user = await newcomer()
    const token = await ask(client, user.email)
    const use = (password: string) => client.post(RESET).json({ token, password })

    const answers = await Promise.all([1, 2, 3, 4].map((n) => use(`${NEW} number ${n}`)))
    const late = await use(NEW)

    const statuses = answers.map((answer) => answer.status()).sort()
    assert.deepEqual(statuses, [204, 422, 422, 422])
    late.assertStatus(422)
    assert.equal(late.body().errors[0].field, 'token')
  })

  test('keeps its token for a better password', async ({ client, assert }) => {
    const user = await newcomer()
    const token = await ask(client, user.email)

    const common = await client.post(RESET).json({ token, password: 'password2026!' })
    const own = await client.post(RESET).json({ token, password: user.email })
    const good = await client.post(RESET).json({ token, password: NEW })

    assert.deepEqual(
      [common, own].map((answer) => [answer.status(), answer.body().errors[0].rule]),
      [
        [422, 'commonPassword'],
        [422, 'personalPassword'],
      ]
    )
    good.assertStatus(204)
  })

  test('lives an hour', async ({ client }) => {
    const user = await newcomer()
    const token = await ask(client, user.email)
    await system.transaction((trx) =>
      trx.rawQuery(
        `UPDATE password_resets SET expires_at = expires_at - interval '1 hour' WHERE user_id = ?`,
        [user.id]
      )
    )

    const late = await client.post(RESET).json({ token, password: NEW })

    late.assertStatus(422)
  })

  test('dies when another is asked for', async ({ client, assert }) => {
    const user = await newcomer()
    const first = await ask(client, user.email)
    await system.transaction((trx) =>
      trx.rawQuery(
        `UPDATE password_resets SET created_at = created_at - interval '5 minutes' WHERE user_id = ?`,
        [user.id]
      )
    )
    await client.post(FORGOT).json({ email: user.email })
    await eventually(() => mailbox().to(user.email).length === 3)
    const second = tokenOf(await mailbox().next(user.email, LINK))

    const old = await client.post(RESET).json({ token: first, password: NEW })
    const current = await client.post(RESET).json({ token: second, password: NEW })

    assert.notEqual(first, second)
    old.assertStatus(422)
    current.assertStatus(204)
  })

  test('is not ended by who asks again and again', async ({ client, assert }) => {
    const user = await newcomer()
    const token = await ask(client, user.email)
    for (let time = 0; time < 3; time++) {
      const answer = await client.post(FORGOT).json({ email: user.email })
      answer.assertStatus(202)
    }
    await eventually(async () => (await queue().open('email')) === 0)

    const used = await client.post(RESET).json({ token, password: NEW })

    used.assertStatus(204)
    assert.lengthOf(
      mailbox()
        .to(user.email)
        .filter(({ mail }) => LINK.test(mail.subject ?? '')),
      1
    )
  })

  test('keeps the authenticator of whoever read mail before', async ({ client, assert }) => {
    const user = await newcomer()
    await client
      .post('/api/v1/auth/verify-email')
      .json({ token: tokenOf(await mailbox().next(user.email, /confirm/i)) })
    await enrol(client, user)
    const token = await ask(client, user.email)

    await client.post(RESET).json({ token, password: NEW })

    const login = await attempt(client, user.email, NEW)
    assert.equal(login.body().code, 'OtpRequired')
  })

  test("ends a stranger's authenticator", async ({ client, assert }) => {
    const user = await newcomer()
    await enrol(client, user)
    const token = await ask(client, user.email)

    await client.post(RESET).json({ token, password: NEW })

    assert.isTrue(await canSignIn(client, user, NEW))
    assert.include(await auditOf(user), 'otp.removed')
    await mailbox().next(user.email, /are off/)
  })

  test('ends the tokens of programs', async ({ client }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const made = await client
      .post('/api/v1/auth/tokens')
      .bearerToken(accessToken)
      .json({ name: 'Budget app', scopes: ['write'] })
    const token = await ask(client, user.email)

    await client.post(RESET).json({ token, password: NEW })

    const read = await client.get('/api/v1/wallet/accounts').bearerToken(made.body().token)
    read.assertStatus(401)
  })

  test('answers alike to everybody', async ({ client, assert }) => {
    const [user, disabled] = [await newcomer(), await newcomer()]
    await tenant.transaction(disabled.id, (trx) => disabled.disable(trx))
    const emails = [user.email, disabled.email, `nobody-${user.email}`]

    const answers = []
    for (const email of emails) answers.push(await client.post(FORGOT).json({ email }))

    assert.deepEqual(
      answers.map((answer) => [answer.status(), answer.text() ?? '']),
      answers.map(() => [202, ''])
    )
    await eventually(async () => (await queue().open('email')) === 0)
    const resets = mailbox().letters.filter(({ mail }) => LINK.test(mail.subject ?? ''))
    assert.deepEqual(
      resets.map(({ to }) => to),
      [[user.email]]
    )
  })

  test('takes no other token', async ({ client }) => {
    const user = await newcomer()
    const verification = tokenOf(await mailbox().next(user.email, /confirm/i))
    const reset = await ask(client, user.email)

    const byVerification = await client.post(RESET).json({ token: verification, password: NEW })
    const byReset = await client.post('/api/v1/auth/verify-email').json({ token: reset })

    byVerification.assertStatus(422)
    byReset.assertStatus(422)
  })

  test('keeps its token in the mail alone', async ({ client, assert }) => {
    const user = await newcomer()
    const token = await ask(client, user.email)

    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT row_to_json(r)::text AS row FROM password_resets r
         UNION ALL SELECT row_to_json(o)::text FROM outbox o
         UNION ALL SELECT row_to_json(a)::text FROM audit_logs a WHERE user_id = ?`,
        [user.id]
      )
    )

    assert.isAbove(rows.length, 3)
    for (const { row } of rows) assert.notInclude(row, token)
  })
})

test.group('Password reset / a session under way', () => {
  test('is not opened with the old password', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await askedWhile(
      user,
      async (trx) => {
        const locked = await User.lockCredentials(user.id, trx)
        await locked!.changePassword('$argon2id$another', trx)
      },
      () => attempt(client, user.email, PASSWORD)
    )

    response.assertStatus(401)
    const live = await tenant.read(user.id, (reader) =>
      reader.query('SELECT id FROM sessions WHERE revoked_at IS NULL')
    )
    assert.deepEqual(live, [])
  })
})
