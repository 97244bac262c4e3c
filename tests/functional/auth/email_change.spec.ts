import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { askedWhile } from '#tests/support/asked_while'
import { auditOf, canSignIn, WRONG } from '#tests/support/credentials'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'
import { signIn } from '#tests/support/sign_in'
import User from '#users/models/user'

const PATH = '/api/v1/users/me/email'
const VERIFY = '/api/v1/auth/verify-email'
const TO_NEW = /confirm your new/i
const TO_OLD = /another e-mail address/i

const address = () => `new-${randomUUIDv7()}@example.com`

function change(client: ApiClient, user: User, email: string, currentPassword = PASSWORD) {
  return client.post(PATH).loginAs(user).json({ currentPassword, email })
}

test.group('E-mail change', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  test('happens once the new one is proven', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const email = address()
    const me = () => client.get('/api/v1/users/me').bearerToken(accessToken)

    const asked = await change(client, user, email.toUpperCase())
    const letter = await mailbox().next(email, TO_NEW)
    const before = await me()
    const verified = await client.post(VERIFY).json({ token: tokenOf(letter) })
    const after = await me()

    asked.assertStatus(202)
    assert.equal(before.body().email, user.email)
    verified.assertStatus(204)
    assert.containsSubset(after.body(), { email, emailVerified: true })
    assert.notEqual(after.header('etag'), before.header('etag'))
    assert.isTrue(await canSignIn(client, { email }))
    assert.isFalse(await canSignIn(client, user))
    assert.includeMembers(await auditOf(user), ['email.change-requested', 'email.changed'])
  })

  test('is mailed once in five minutes', async ({ client, assert }) => {
    const user = await newcomer()
    const email = address()
    const asked = await change(client, user, email)
    const token = tokenOf(await mailbox().next(email, TO_NEW))

    const again = await change(client, user, email)

    await eventually(async () => (await queue().open('email')) === 0)
    assert.deepEqual([asked.status(), again.status()], [202, 202])
    assert.lengthOf(mailbox().to(email), 1)
    const verified = await client.post(VERIFY).json({ token })
    verified.assertStatus(204)
  })

  test('tells the old address', async ({ client, assert }) => {
    const user = await newcomer()
    const email = address()

    await change(client, user, email)

    const notice = await mailbox().next(user.email, TO_OLD)
    await mailbox().next(email, TO_NEW)
    assert.notInclude(notice.raw, 'fin_mt_')
    assert.notInclude(notice.raw, email)
  })

  test('answers alike for a taken address', async ({ client, assert }) => {
    const [user, owner] = [await newcomer(), await newcomer()]

    const taken = await change(client, user, owner.email)
    const token = tokenOf(await mailbox().next(owner.email, TO_NEW))
    const verified = await client.post(VERIFY).json({ token })

    taken.assertStatus(202)
    assert.equal(taken.text() ?? '', '')
    verified.assertStatus(409)
    assert.equal(verified.body().code, 'EmailTaken')
    assert.isTrue(await canSignIn(client, user))
    assert.isTrue(await canSignIn(client, owner))
  })

  test('is stopped by a new password', async ({ client }) => {
    const user = await newcomer()
    const email = address()
    await change(client, user, email)
    const token = tokenOf(await mailbox().next(email, TO_NEW))

    await client
      .post('/api/v1/users/me/password')
      .loginAs(user)
      .json({ currentPassword: PASSWORD, password: 'a better horse, this time' })

    const verified = await client.post(VERIFY).json({ token })
    verified.assertStatus(422)
  })

  test('kills tokens mailed to the old one', async ({ client, assert }) => {
    const user = await newcomer()
    const email = address()
    const verification = tokenOf(await mailbox().next(user.email, /confirm your e-mail/i))
    await client.post('/api/v1/auth/forgot-password').json({ email: user.email })
    const reset = tokenOf(await mailbox().next(user.email, /set a new password/i))
    await change(client, user, email)
    await client.post(VERIFY).json({ token: tokenOf(await mailbox().next(email, TO_NEW)) })

    const verified = await client.post(VERIFY).json({ token: verification })
    const replaced = await client
      .post('/api/v1/auth/reset-password')
      .json({ token: reset, password: 'a better horse, this time' })

    verified.assertStatus(422)
    replaced.assertStatus(422)
    assert.isTrue(await canSignIn(client, { email }))
  })
})

test.group('E-mail change / refused', () => {
  test('asks for the password', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await change(client, user, address(), WRONG)

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'currentPassword')
  })

  test('stops at a password replaced meanwhile', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await askedWhile(
      user,
      async (trx) => {
        const locked = await User.lockCredentials(user.id, trx)
        await trx.rawQuery(`UPDATE users SET password = 'x' WHERE id = ?`, [locked!.id])
      },
      () => change(client, user, address())
    )

    response.assertStatus(409)
    assert.notInclude(await auditOf(user), 'email.change-requested')
  })

  test('refuses what is no address', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await change(client, user, 'nobody\r\nBcc: third@example.com')

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'email')
    assert.notInclude(await auditOf(user), 'email.change-requested')
  })

  test('asks for a sign-in', async ({ client }) => {
    const response = await client.post(PATH).json({ currentPassword: PASSWORD, email: address() })

    response.assertStatus(401)
  })
})
