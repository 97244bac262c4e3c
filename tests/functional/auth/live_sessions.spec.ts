import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { lifetimes } from '#config/jwt'
import { tenant } from '#core/database/tenant'
import { auditOf, canSignIn } from '#tests/support/credentials'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox } from '#tests/support/mailbox'
import { refresh, refreshStatus, signIn, statusOf } from '#tests/support/sign_in'

const PATH = '/api/v1/auth/sessions'

test.group('Live sessions', () => {
  test('lists where one is signed in', async ({ client, assert }) => {
    const user = await newcomer()
    await client
      .post('/api/v1/auth/login')
      .header('user-agent', '<script>alert(1)</script>')
      .json({ email: user.email, password: PASSWORD })
    const { accessToken } = await signIn(client, user)

    const response = await client.get(PATH).bearerToken(accessToken)

    const [here, there, ...rest] = response.body().data
    assert.isEmpty(rest)
    assert.properties(here, ['id', 'createdAt', 'lastUsedAt', 'ip', 'userAgent', 'current'])
    assert.deepEqual([here.current, there.current], [true, false])
    assert.equal(there.userAgent, '<script>alert(1)</script>')
    assert.match(there.ip, /^(127\.0\.0\.1|::1)$/)
    assert.notMatch(response.text(), /token|hash/i)
  })

  test('shows only those that live', async ({ client, assert }) => {
    const user = await newcomer()
    const ended = await signIn(client, user)
    await signIn(client, user)
    const { accessToken } = await signIn(client, user)
    await client.post('/api/v1/auth/logout').bearerToken(ended.accessToken)
    const oldest = await client.get(PATH).bearerToken(accessToken)
    const expired = oldest.body().data[1].id
    await tenant.transaction(user.id, (trx) =>
      trx.rawQuery('UPDATE sessions SET expires_at = now() WHERE id = ?', [expired])
    )

    const response = await client.get(PATH).bearerToken(accessToken)

    assert.lengthOf(oldest.body().data, 2)
    assert.deepEqual(
      response.body().data.map(({ current }: { current: boolean }) => current),
      [true]
    )
  })

  test('pages without gaps', async ({ client, assert }) => {
    const user = await newcomer()
    for (let i = 0; i < 4; i++) await signIn(client, user)
    const { accessToken } = await signIn(client, user)
    const page = (cursor?: string) =>
      client
        .get(PATH)
        .qs({ limit: 2, ...(cursor && { cursor }) })
        .bearerToken(accessToken)

    const ids: string[] = []
    let next: string | null = null
    do {
      const response = await page(next ?? undefined)
      ids.push(...response.body().data.map(({ id }: { id: string }) => id))
      next = response.body().meta.nextCursor
    } while (next)

    assert.lengthOf(new Set(ids), 5)
    assert.deepEqual(ids, ids.toSorted().reverse())
  })

  test('ends one and leaves the others', async ({ client, assert }) => {
    const user = await newcomer()
    const [lost, here] = [await signIn(client, user), await signIn(client, user)]
    const listed = await client.get(PATH).bearerToken(lost.accessToken)
    const { id } = listed.body().data.find(({ current }: { current: boolean }) => current)

    const response = await client.delete(`${PATH}/${id}`).bearerToken(here.accessToken)
    const again = await client.delete(`${PATH}/${id}`).bearerToken(here.accessToken)

    response.assertStatus(204)
    again.assertStatus(404)
    assert.equal(await statusOf(client, lost.accessToken), 401)
    assert.equal(await refreshStatus(client, lost), 401)
    assert.equal(await statusOf(client, here.accessToken), 200)
    assert.include(await auditOf(user), 'session.revoked')
  })

  test("hides another user's", async ({ client, assert }) => {
    const [owner, stranger] = [await newcomer(), await newcomer()]
    const theirs = await signIn(client, owner)
    const listed = await client.get(PATH).bearerToken(theirs.accessToken)
    const [{ id }] = listed.body().data

    const refused = await client.delete(`${PATH}/${id}`).loginAs(stranger)
    const unknown = await client.delete(`${PATH}/${randomUUIDv7()}`).loginAs(stranger)
    const seen = await client.get(PATH).loginAs(stranger)

    assert.deepEqual([refused.status(), unknown.status()], [404, 404])
    assert.notInclude(seen.text(), id)
    assert.equal(await statusOf(client, theirs.accessToken), 200)
  })

  test('asks for a sign-in', async ({ client }) => {
    const listed = await client.get(PATH)
    const ended = await client.delete(`${PATH}/${randomUUIDv7()}`)

    listed.assertStatus(401)
    ended.assertStatus(401)
  })

  test('ends for good after its time', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    await tenant.transaction(user.id, (trx) =>
      trx.rawQuery('UPDATE sessions SET created_at = now() - make_interval(secs => ?)', [
        lifetimes.session - 60,
      ])
    )

    const renewed = await refresh(client, tokens)

    renewed.assertStatus(200)
    const [{ left }] = await tenant.read(user.id, (reader) =>
      reader.query<{ left: number }>(
        'SELECT extract(epoch FROM expires_at - now())::int AS left FROM sessions'
      )
    )
    assert.closeTo(left, 60, 5)
  })
})

test.group('Live sessions / of users who are kept out', () => {
  test('end when the user is disabled', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)

    await tenant.transaction(user.id, (trx) => user.disable(trx))

    assert.equal(await statusOf(client, tokens.accessToken), 401)
    assert.equal(await refreshStatus(client, tokens), 401)
    const login = await client
      .post('/api/v1/auth/login')
      .json({ email: user.email, password: PASSWORD })
    assert.equal(login.body().code, 'InvalidCredentials')
  })

  test('open again when enabled', async ({ client, assert }) => {
    const user = await newcomer()
    await tenant.transaction(user.id, (trx) => user.disable(trx))

    await tenant.transaction(user.id, (trx) => user.enable(trx))

    assert.isTrue(await canSignIn(client, user))
  })

  test('end when the role changes', async ({ client, assert }) => {
    const user = await newcomer()
    await tenant.transaction(user.id, (trx) => user.promote('ADMIN', trx))
    const asAdmin = await signIn(client, user)

    await tenant.transaction(user.id, (trx) => user.promote('USER', trx))

    assert.equal(await statusOf(client, asAdmin.accessToken), 401)
    const asUser = await signIn(client, user)
    const again = await client.get('/api/v1/users/me').bearerToken(asUser.accessToken)
    assert.equal(again.body().role, 'USER')
  })
})

test.group('Live sessions / mail', (group) => {
  const { mailbox } = Mailbox.setup(group)

  test('tells the owner of a copied token', async ({ client, assert }) => {
    const user = await newcomer()
    const copied = await signIn(client, user)
    await refresh(client, copied)

    await refresh(client, copied)

    const { raw } = await mailbox().next(user.email, /session/i)
    assert.notInclude(raw, copied.refreshToken)
    assert.include(await auditOf(user), 'session.revoked-after-reuse')
  })
})
