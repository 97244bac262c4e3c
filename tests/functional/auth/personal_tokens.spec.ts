import { createHash, randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Session from '#auth/models/session'
import { tenant } from '#core/database/tenant'
import { askedWhile } from '#tests/support/asked_while'
import { eventually } from '#tests/support/eventually'
import { household, newcomer } from '#tests/support/household'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

const TOKENS = '/api/v1/auth/tokens'
const ACCOUNTS = '/api/v1/wallet/accounts'
const EVERYTHING = { name: 'Budget script', scopes: ['read', 'write'] }

async function create(client: ApiClient, user: User, body: object = EVERYTHING) {
  const response = await client.post(TOKENS).loginAs(user).json(body)
  response.assertStatus(201)
  return response.body() as { id: string; token: string; prefix: string }
}

async function reads(client: ApiClient, token: string): Promise<number> {
  const response = await client.get(ACCOUNTS).bearerToken(token)
  return response.status()
}

async function opens(client: ApiClient, token: string): Promise<number> {
  const response = await client
    .post(ACCOUNTS)
    .bearerToken(token)
    .json({ name: 'By a program', type: 'cash' })
  return response.status()
}

function change(user: User, assignments: string) {
  return tenant.transaction(user.id, (trx) =>
    trx.rawQuery(`UPDATE personal_access_tokens SET ${assignments}`)
  )
}

test.group('Personal access tokens / manage', () => {
  test('are shown once and listed', async ({ client, assert }) => {
    const user = await newcomer()
    const { token, ...created } = await create(client, user)

    const listed = await client.get(TOKENS).loginAs(user)

    listed.assertStatus(200)
    assert.deepEqual(listed.body(), { data: [created], meta: { nextCursor: null } })
    assert.isTrue(token.startsWith(created.prefix))
    assert.match(created.prefix, /^fin_pat_.{6}$/)
    assert.notInclude(listed.text(), token)
  })

  test('are kept as a digest', async ({ client, assert }) => {
    const user = await newcomer()
    const { token } = await create(client, user)

    const row = await tenant.transaction(user.id, (trx) =>
      trx.from('personal_access_tokens').firstOrFail()
    )

    assert.isTrue(createHash('sha256').update(token).digest().equals(row.token_hash))
    assert.notInclude(JSON.stringify(row), token)
  })

  test('refuse {title}')
    .with([
      { title: 'no name', body: { scopes: ['read'] }, field: 'name' },
      { title: 'no scope', body: { name: 'X', scopes: [] }, field: 'scopes' },
      { title: 'an unknown scope', body: { name: 'X', scopes: ['admin'] }, field: 'scopes.0' },
      {
        title: 'a past expiry',
        body: { ...EVERYTHING, expiresAt: '2026-01-01T00:00:00Z' },
        field: 'expiresAt',
      },
      { title: 'a day', body: { ...EVERYTHING, expiresAt: '2036-01-01' }, field: 'expiresAt' },
      { title: 'an owner', body: { ...EVERYTHING, userId: 'x' }, field: 'userId' },
    ])
    .run(async ({ client, assert }, { body, field }) => {
      const response = await client
        .post(TOKENS)
        .loginAs(await newcomer())
        .json(body)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })

  test('need a sign-in of this moment', async ({ client }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    await tenant.transaction(user.id, (trx) =>
      trx.rawQuery(`UPDATE sessions SET created_at = now() - interval '11 minutes'`)
    )

    const response = await client.post(TOKENS).bearerToken(accessToken).json(EVERYTHING)

    response.assertStatus(403)
  })

  test('are not made while the session is being ended', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    const response = await askedWhile(
      user,
      (trx) => Session.revokeAll(user.id, trx),
      () => client.post(TOKENS).bearerToken(accessToken).json(EVERYTHING)
    )

    response.assertStatus(403)
    const kept = await tenant.transaction(user.id, (trx) => trx.from('personal_access_tokens'))
    assert.isEmpty(kept)
  })

  test('are revoked at once', async ({ client, assert }) => {
    const user = await newcomer()
    const { id, token } = await create(client, user)
    const before = await reads(client, token)

    const response = await client.delete(`${TOKENS}/${id}`).loginAs(user)
    const again = await client.delete(`${TOKENS}/${id}`).loginAs(user)

    response.assertStatus(204)
    again.assertStatus(404)
    assert.deepEqual([before, await reads(client, token)], [200, 401])
  })

  test("revoke nobody else's", async ({ client, assert }) => {
    const { id, token } = await create(client, await newcomer())

    const response = await client.delete(`${TOKENS}/${id}`).loginAs(await newcomer())

    response.assertStatus(404)
    assert.equal(await reads(client, token), 200)
  })

  test('leave a trail', async ({ client, assert }) => {
    const user = await newcomer()
    const { id, token } = await create(client, user)
    await client.delete(`${TOKENS}/${id}`).loginAs(user)

    const entries = await tenant.transaction(user.id, (trx) =>
      trx.from('audit_logs').orderBy('position')
    )

    const mine = entries.filter(({ subject_id: subject }) => subject === id)
    assert.deepEqual(
      mine.map(({ action }) => action),
      ['token.created', 'token.revoked']
    )
    assert.notInclude(JSON.stringify(entries), token)
  })
})

test.group('Personal access tokens / use', () => {
  test('read and write their own', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 5 })
    const { token } = await create(client, user)

    const response = await client.get(ACCOUNTS).bearerToken(token)

    assert.deepEqual(
      response.body().data.map(({ id }: { id: string }) => id),
      [checking.id]
    )
    assert.equal(await opens(client, token), 201)
  })

  test('change nothing with read alone', async ({ client, assert }) => {
    const user = await newcomer()
    const { token } = await create(client, user, { name: 'Reader', scopes: ['read'] })

    const response = await client.delete(`${ACCOUNTS}/${user.id}`).bearerToken(token)

    response.assertStatus(403)
    assert.equal(response.body().code, 'Forbidden')
    assert.deepEqual([await reads(client, token), await opens(client, token)], [200, 403])
  })

  test('never reach {method} {path}')
    .with([
      { method: 'get', path: TOKENS },
      { method: 'post', path: TOKENS },
      { method: 'post', path: '/api/v1/auth/otp' },
      { method: 'delete', path: '/api/v1/auth/otp' },
      { method: 'post', path: '/api/v1/auth/logout-all' },
      { method: 'patch', path: '/api/v1/users/me' },
    ] as const)
    .run(async ({ client }, { method, path }) => {
      const { token } = await create(client, await newcomer())

      const response = await client[method](path).bearerToken(token)

      response.assertStatus(401)
    })

  test('end when they expire', async ({ client, assert }) => {
    const user = await newcomer()
    const { token } = await create(client, user, {
      ...EVERYTHING,
      expiresAt: '2036-01-01T00:00:00+01:00',
    })
    const before = await reads(client, token)

    await change(user, `expires_at = now()`)

    assert.deepEqual([before, await reads(client, token)], [200, 401])
  })

  test('end with the user', async ({ client, assert }) => {
    const user = await newcomer()
    const { token } = await create(client, user)

    await tenant.transaction(user.id, (trx) => user.disable(trx))

    assert.equal(await reads(client, token), 401)
  })

  test('are refused when {title}')
    .with([
      { title: 'altered', forge: (token: string) => `${token.slice(0, 20)}AAAA${token.slice(24)}` },
      { title: 'cut short', forge: (token: string) => token.slice(0, -4) },
      { title: 'invented', forge: () => `fin_pat_${randomBytes(64).toString('base64url')}` },
      { title: 'of another kind', forge: (token: string) => token.replace('pat', 'rt') },
      { title: 'empty', forge: () => 'fin_pat_' },
    ])
    .run(async ({ client, assert }, { forge }) => {
      const { token } = await create(client, await newcomer())

      assert.equal(await reads(client, forge(token)), 401)
    })

  test('tell when they were used', async ({ client, assert }) => {
    const user = await newcomer()
    const { token } = await create(client, user)
    const lastUse = async () => {
      const response = await client.get(TOKENS).loginAs(user)
      return response.body().data[0].lastUsedAt as string | null
    }

    const before = await lastUse()
    await reads(client, token)
    const first = await eventually(lastUse)
    await reads(client, token)

    assert.isNull(before)
    assert.equal(await lastUse(), first)
  })
})
