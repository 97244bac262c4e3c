import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { keyrings, sealedColumns } from '#config/secrets'
import { tenant } from '#core/database/tenant'
import { keyIdOf, UnopenableValue } from '#core/secrets/sealed_column'
import OtpEnrolment from '#auth/models/otp_enrolment'
import Session from '#auth/models/session'
import { askedWhile } from '#tests/support/asked_while'
import { Authenticator, enrol } from '#tests/support/authenticator'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox } from '#tests/support/mailbox'
import { refreshStatus, signIn, statusOf, type Tokens } from '#tests/support/sign_in'
import type User from '#users/models/user'

function login(client: ApiClient, { email }: User, otp?: string, password = PASSWORD) {
  return client.post('/api/v1/auth/login').json({ email, password, otp })
}

const otp = (client: ApiClient, method: 'post' | 'delete', { accessToken }: Tokens) =>
  client[method]('/api/v1/auth/otp').bearerToken(accessToken)

/** As if everybody had signed in eleven minutes ago. */
function grow(user: User) {
  return tenant.transaction(user.id, (trx) =>
    trx.rawQuery(`UPDATE sessions SET created_at = now() - interval '11 minutes'`)
  )
}

function auditOf(user: User) {
  return tenant.transaction(user.id, async (trx) => {
    const rows = await trx.from('audit_logs').orderBy('position')
    return rows.map(({ action }) => action)
  })
}

test.group('One-time passwords / sign in', () => {
  test('ask for a code', async ({ client, assert }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)

    const without = await login(client, user)
    const wrong = await login(client, user, '000000')
    const right = await login(client, user, authenticator.nextCode)

    without.assertStatus(401)
    assert.equal(without.body().code, 'OtpRequired')
    wrong.assertStatus(401)
    assert.equal(wrong.body().code, 'InvalidCredentials')
    right.assertStatus(200)
  })

  test('say nothing without the password', async ({ client, assert }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)

    const bare = await login(client, user, undefined, 'a wrong password')
    const coded = await login(client, user, authenticator.nextCode, 'a wrong password')

    assert.deepEqual([bare.body().code, coded.body().code], Array(2).fill('InvalidCredentials'))
  })

  test('take a code once, five at once', async ({ client, assert }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)
    const code = authenticator.nextCode

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => login(client, user, code).then((answer) => answer.status()))
    )

    assert.deepEqual(answers.sort(), [200, ...Array(4).fill(401)])
  })

  test('take no code before the last', async ({ client }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)

    const first = await login(client, user, authenticator.nextCode)
    const second = await login(client, user, authenticator.firstCode)

    first.assertStatus(200)
    second.assertStatus(401)
  })

  test('take a recovery code once', async ({ client, assert }) => {
    const user = await newcomer()
    const { recoveryCodes } = await enrol(client, user)
    const [code] = recoveryCodes

    const answers = await Promise.all(
      [code, code.toUpperCase(), code.replaceAll('-', '')].map((typed) =>
        login(client, user, typed).then((answer) => answer.status())
      )
    )

    assert.lengthOf(new Set(recoveryCodes), 10)
    assert.deepEqual(answers.sort(), [200, 401, 401])
    assert.include(await auditOf(user), 'recovery-code.used')
  })

  test("take nobody else's recovery code", async ({ client }) => {
    const [mine, theirs] = [await newcomer(), await newcomer()]
    await enrol(client, mine)
    const { recoveryCodes } = await enrol(client, theirs)

    const response = await login(client, mine, recoveryCodes[0])

    response.assertStatus(401)
  })

  test('are not asked of others', async ({ client }) => {
    const response = await login(client, await newcomer(), '123456')

    response.assertStatus(200)
  })
})

test.group('One-time passwords / lock', () => {
  test('count wrong codes like passwords', async ({ client, assert }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)

    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await login(client, user, '000000'))
    const locked = await login(client, user, authenticator.nextCode)

    assert.deepEqual(
      answers.map((answer) => answer.body().code),
      Array(5).fill('InvalidCredentials')
    )
    locked.assertStatus(423)
    const trail = await auditOf(user)
    assert.lengthOf(
      trail.filter((action) => action === 'otp.refused'),
      5
    )
    assert.include(trail, 'account.locked')
  })

  test('look at five of fifty guesses', async ({ client, assert }) => {
    const user = await newcomer()
    await enrol(client, user)

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => login(client, user, String(100_000 + i)))
    )

    const codes = Map.groupBy(answers, (answer) => answer.status() as number)
    assert.deepEqual([codes.get(401)?.length, codes.get(423)?.length], [5, 45])
  })

  test('count nothing without a code', async ({ client }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)
    for (let i = 0; i < 8; i++) await login(client, user)

    const response = await login(client, user, authenticator.nextCode)

    response.assertStatus(200)
  })

  test('forgive nothing without a code', async ({ client }) => {
    const user = await newcomer()
    const { authenticator } = await enrol(client, user)
    for (let i = 0; i < 5; i++) {
      await login(client, user, '000000')
      await login(client, user)
    }

    const response = await login(client, user, authenticator.nextCode)

    response.assertStatus(423)
  })
})

test.group('One-time passwords / mails', (group) => {
  const { mailbox } = Mailbox.setup(group)

  test('tell the owner', async ({ client, assert }) => {
    const user = await newcomer()
    const { tokens } = await enrol(client, user)

    const on = await mailbox().next(user.email, /are on/)
    await client
      .post('/api/v1/auth/tokens')
      .bearerToken(tokens.accessToken)
      .json({ name: 'Script', scopes: ['read'] })
    const token = await mailbox().next(user.email, /token was made/)
    await otp(client, 'delete', tokens)
    const off = await mailbox().next(user.email, /are off/)

    for (const { raw } of [on, token, off]) assert.match(raw, /If it was not you/)
  })
})

test.group('One-time passwords / set up', () => {
  test('take effect once confirmed', async ({ client }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    await otp(client, 'post', tokens)

    const wrong = await client
      .post('/api/v1/auth/otp/confirm')
      .bearerToken(tokens.accessToken)
      .json({ otp: '000000' })
    const unconfirmed = await login(client, user)

    wrong.assertStatus(422)
    unconfirmed.assertStatus(200)
  })

  test('end sessions that saw none', async ({ client, assert }) => {
    const user = await newcomer()
    const other = await signIn(client, user)

    const { tokens } = await enrol(client, user)

    assert.equal(await statusOf(client, other.accessToken), 401)
    assert.equal(await refreshStatus(client, other), 401)
    assert.equal(await statusOf(client, tokens.accessToken), 200)
  })

  test('are kept sealed and hashed', async ({ client, assert }) => {
    const user = await newcomer()
    const { recoveryCodes } = await enrol(client, user)

    const [row, codes] = await tenant.transaction(user.id, async (trx) => [
      await trx.from('otp_enrolments').firstOrFail(),
      await trx.from('recovery_codes'),
    ])

    assert.equal(keyIdOf(row.secret_sealed), keyrings.APP_KEY.active.id)
    assert.lengthOf(sealedColumns.otpSecret.open(row.secret_sealed, [user.id]), 20)
    assert.notInclude(
      JSON.stringify(codes.map(({ code_hash: h }) => h.toString())),
      recoveryCodes[0]
    )
    assert.isTrue(codes.every(({ code_hash: hash }) => hash.length === 32))
  })

  test("can't be moved to another user", async ({ client, assert }) => {
    const [mine, theirs] = [await newcomer(), await newcomer()]
    const { authenticator } = await enrol(client, mine)
    await enrol(client, theirs)
    await db.connection('system').rawQuery(
      `UPDATE otp_enrolments SET last_step = 0, secret_sealed =
         (SELECT secret_sealed FROM otp_enrolments WHERE user_id = ?) WHERE user_id = ?`,
      [mine.id, theirs.id]
    )

    const attempt = () =>
      tenant.transaction(theirs.id, (trx) =>
        OtpEnrolment.challenge(theirs, authenticator.nextCode, trx)
      )

    await assert.rejects(attempt, UnopenableValue as never)
  })

  test('need a sign-in of this moment', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    await grow(user)

    const started = await otp(client, 'post', tokens)
    const removed = await otp(client, 'delete', tokens)

    assert.deepEqual([started.body().code, removed.body().code], ['Forbidden', 'Forbidden'])
  })

  test('are not confirmed while the session is being ended', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const started = await client.post('/api/v1/auth/otp').bearerToken(accessToken)
    const { firstCode } = new Authenticator(started.body().secret)

    const response = await askedWhile(
      user,
      (trx) => Session.revokeAll(user.id, trx),
      () =>
        client.post('/api/v1/auth/otp/confirm').bearerToken(accessToken).json({ otp: firstCode })
    )

    response.assertStatus(401)
    assert.notInclude(await auditOf(user), 'otp.confirmed')
  })

  test('are turned off again', async ({ client, assert }) => {
    const user = await newcomer()
    const { tokens, authenticator } = await enrol(client, user)
    const other = await login(client, user, authenticator.nextCode)

    const again = await otp(client, 'post', tokens)
    const removed = await otp(client, 'delete', tokens)
    const twice = await otp(client, 'delete', tokens)
    const plain = await login(client, user)

    again.assertStatus(409)
    removed.assertStatus(204)
    twice.assertStatus(404)
    plain.assertStatus(200)
    assert.equal(await statusOf(client, other.body().accessToken), 401)
    assert.containsSubset(await auditOf(user), ['otp.started', 'otp.confirmed', 'otp.removed'])
  })

  test('ask for a sign-in', async ({ client, assert }) => {
    const answers = [
      await client.post('/api/v1/auth/otp'),
      await client.delete('/api/v1/auth/otp'),
      await client.post('/api/v1/auth/otp/confirm').json({ otp: '123456' }),
    ]

    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [401, 401, 401]
    )
  })
})
