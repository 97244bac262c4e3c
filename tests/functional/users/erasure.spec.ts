import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { ChainVerification } from '#core/audit/chain_verification'
import { system } from '#core/database/system'
import { newKey } from '#core/storage/keys'
import ResumeErasures from '#users/actions/resume_erasures'
import { askForErasure, carryOut, mentions, remains } from '#tests/support/erasures'
import { exportOf } from '#tests/support/exports'
import { kept, leaveBehind } from '#tests/support/files'
import { household, newcomer, PASSWORD } from '#tests/support/household'
import { upload } from '#tests/support/imports'
import { differencesOf } from '#tests/support/ledger'
import { resident } from '#tests/support/resident'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'
import type User from '#users/models/user'

async function trailOf(user: User) {
  return system.transaction(async (trx) => {
    const rows = await trx.from('audit_logs').where('user_id', user.id).orderBy('position')
    return rows.map(({ action }) => action as string)
  })
}

async function jobsFor(user: User) {
  return system.transaction((trx) =>
    trx.from('outbox').where('job', 'erase-user').whereRaw(`payload->>'userId' = ?`, [user.id])
  )
}

test.group('Erasure / request', () => {
  test('refuses {title}')
    .with([
      { title: 'a wrong password', body: { password: 'not my password' } },
      { title: 'no password', body: {} },
      { title: 'anything else', body: { password: PASSWORD, id: randomUUIDv7() } },
    ])
    .run(async ({ client, assert }, { body }) => {
      const user = await newcomer()
      const { accessToken } = await signIn(client, user)

      const response = await client.delete('/api/v1/users/me').loginAs(user).json(body)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'id' in body ? 'id' : 'password')
      assert.equal(await statusOf(client, accessToken), 200)
      assert.deepEqual(await jobsFor(user), [])
    })

  test('counts wrong passwords', async ({ client }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const ask = (password: string) =>
      client.delete('/api/v1/users/me').bearerToken(accessToken).json({ password })

    for (let guess = 0; guess < 5; guess++) await ask('not my password')
    const locked = await ask(PASSWORD)

    locked.assertStatus(423)
  })

  test('takes no password from the address', async ({ client }) => {
    const user = await newcomer()

    const response = await client
      .delete('/api/v1/users/me')
      .qs({ password: PASSWORD })
      .loginAs(user)

    response.assertStatus(422)
  })

  test('closes the account at once', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)

    const response = await askForErasure(client, user)

    response.assertStatus(202)
    const login = await client
      .post('/api/v1/auth/login')
      .json({ email: user.email, password: PASSWORD })
    login.assertStatus(401)
    assert.equal(await statusOf(client, tokens.accessToken), 401)
    assert.equal(await refreshStatus(client, tokens), 401)
    assert.deepEqual(await mentions(user.email), [])
  })

  test('frees the address at once', async ({ client, assert }) => {
    const user = await newcomer()
    await askForErasure(client, user)

    const again = await newcomer({ email: user.email })
    await carryOut(user)

    assert.notEqual(again.id, user.id)
    const { accessToken } = await signIn(client, again)
    assert.equal(await statusOf(client, accessToken), 200)
  })

  test('is asked for once', async ({ client, assert }) => {
    const user = await newcomer()

    const { accessToken } = await signIn(client, user)
    const ask = () =>
      client.delete('/api/v1/users/me').bearerToken(accessToken).json({ password: PASSWORD })

    const responses = await Promise.all([ask(), ask(), ask()])

    const statuses = responses.map((response) => response.status())
    assert.include(statuses, 202)
    assert.isTrue(statuses.every((status) => [202, 401, 409, 422].includes(status)))
    assert.lengthOf(await jobsFor(user), 1)
  })
})

test.group('Erasure / carried out', () => {
  test('leaves nothing of anybody', async ({ client, assert }) => {
    const { user, checking } = await resident(client)
    const name = `Zebedee ${randomUUIDv7()}`
    await client.patch('/api/v1/users/me').loginAs(user).json({ name })
    await client
      .post('/api/v1/wallet/accounts')
      .loginAs(user)
      .header('idempotency-key', randomUUIDv7())
      .json({ name, type: 'cash' })
    await client.post('/api/v1/users/me/export').loginAs(user)
    await upload(client, user, checking, `date,payee,amount\n2026-01-01,${name},1\n`, { name })
    await leaveBehind(newKey('files', user.id))
    assert.includeMembers(await mentions(name), ['users', 'accounts', 'imports'])
    const before = await remains(user)
    assert.isAbove(before.length, 12)

    await askForErasure(client, user)
    await carryOut(user)

    assert.deepEqual(await remains(user), [])
    assert.deepEqual(await mentions(user.email), [])
    assert.deepEqual(await mentions(name), [])
    assert.deepEqual([await kept(user, 'files'), await kept(user, 'imports')], [[], []])
  }).timeout(90_000)

  test('keeps the audit trail whole', async ({ client, assert }) => {
    const { user } = await resident(client)
    const before = await trailOf(user)

    await askForErasure(client, user)
    await carryOut(user)

    const { broken } = await new ChainVerification().handle()
    const after = await trailOf(user)
    assert.deepEqual(
      broken.filter(({ userId }) => userId === user.id),
      []
    )
    assert.deepEqual(after.slice(0, before.length), before)
    assert.deepEqual(after.slice(-2), ['user.erasure-requested', 'user.erased'])
  })

  test('can run twice, and at once', async ({ client, assert }) => {
    const { user } = await resident(client)
    await askForErasure(client, user)

    await Promise.all([carryOut(user), carryOut(user)])
    await carryOut(user)

    assert.deepEqual(await remains(user), [])
    const trail = await trailOf(user)
    assert.lengthOf(
      trail.filter((action) => action === 'user.erased'),
      1
    )
  })

  test('touches nobody else', async ({ client, assert }) => {
    const [{ user }, other] = [await resident(client), await resident(client)]
    const before = await exportOf(other.user)

    await askForErasure(client, user)
    await carryOut(user)

    assert.isTrue(before.equals(await exportOf(other.user)))
    assert.deepEqual(await differencesOf(other.user), [])
  })

  test('happens only when asked for', async ({ assert }) => {
    const { user } = await household({ checking: 1 })

    await carryOut(user)

    assert.include(await remains(user), 'accounts')
  })

  test('is begun again when forsaken', async ({ client, assert }) => {
    const user = await newcomer()
    await askForErasure(client, user)
    const [{ id }] = await jobsFor(user)
    await system.transaction(async (trx) => {
      await trx.from('outbox').where('id', id).update({ failed_at: new Date() })
      await trx.rawQuery(
        `UPDATE erasures SET requested_at = now() - interval '1 hour' WHERE user_id = ?`,
        [user.id]
      )
    })

    await new ResumeErasures().handle()
    await new ResumeErasures().handle()

    assert.lengthOf(await jobsFor(user), 2)
  })
})
