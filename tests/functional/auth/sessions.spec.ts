import { test } from '@japa/runner'
import { newcomer, PASSWORD } from '#tests/support/household'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'

const LOGIN = '/api/v1/auth/login'

test.group('Sessions / sign in', () => {
  test('gives a pair of tokens', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.post(LOGIN).json({ email: user.email, password: PASSWORD })

    response.assertStatus(200)
    assert.containsSubset(response.body(), {
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshExpiresIn: 604_800,
      user: { id: user.id, email: user.email },
    })
    assert.equal(await statusOf(client, response.body().accessToken), 200)
  })

  test('says what the contract says in its claims', async ({ client, assert }) => {
    const user = await newcomer()

    const { accessToken } = await signIn(client, user)

    const [header, claims] = accessToken
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    assert.containsSubset(header, { alg: 'HS256' })
    assert.isString(header.kid)
    assert.containsSubset(claims, { sub: user.id, userId: user.id, role: 'USER' })
    assert.properties(claims, ['sid', 'jti', 'iss', 'aud', 'iat', 'exp'])
    assert.equal(claims.exp - claims.iat, 900)
  })

  test('takes the address in any case', async ({ client }) => {
    const user = await newcomer()

    const response = await client
      .post(LOGIN)
      .json({ email: ` ${user.email.toUpperCase()} `, password: PASSWORD })

    response.assertStatus(200)
  })

  test('answers alike to wrong and unknown', async ({ client, assert }) => {
    const user = await newcomer()
    const answer = async (email: string, password: string) => {
      const response = await client.post(LOGIN).json({ email, password })
      const { requestId, ...body } = response.body()
      return { status: response.status(), body }
    }

    const wrong = await answer(user.email, 'wrong horse battery')
    const unknown = await answer(`not-${user.email}`, PASSWORD)

    assert.equal(wrong.status, 401)
    assert.equal(wrong.body.code, 'InvalidCredentials')
    assert.deepEqual(unknown, wrong)
  })

  test('survives {title}')
    .with([
      { title: 'an address of nobody', email: "' OR 1=1 --" },
      { title: 'a NUL in the address', email: 'a\u0000b@example.com' },
      { title: 'a very long password', email: 'a@example.com', password: 'x'.repeat(1025) },
      { title: 'a list as address', email: ['a@example.com'] },
      { title: 'an object as address', email: { $ne: null } },
    ])
    .run(async ({ client, assert }, { email, password = PASSWORD }) => {
      const response = await client.post(LOGIN).json({ email, password })

      assert.include([400, 401, 422], response.status())
    })
})

test.group('Sessions / sign out', () => {
  test('kills the access token at once', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    const other = await signIn(client, user)

    const response = await client.post('/api/v1/auth/logout').bearerToken(tokens.accessToken)

    response.assertStatus(204)
    assert.equal(await statusOf(client, tokens.accessToken), 401)
    assert.equal(await refreshStatus(client, tokens), 401)
    assert.equal(await statusOf(client, other.accessToken), 200)
  })

  test('ends every session of one user', async ({ client, assert }) => {
    const [user, neighbour] = [await newcomer(), await newcomer()]
    const [here, there] = [await signIn(client, user), await signIn(client, user)]
    const theirs = await signIn(client, neighbour)

    const response = await client.post('/api/v1/auth/logout-all').bearerToken(here.accessToken)

    response.assertStatus(204)
    assert.equal(await statusOf(client, here.accessToken), 401)
    assert.equal(await statusOf(client, there.accessToken), 401)
    assert.equal(await refreshStatus(client, there), 401)
    assert.equal(await statusOf(client, theirs.accessToken), 200)
  })

  test('asks for a sign-in', async ({ client }) => {
    const one = await client.post('/api/v1/auth/logout')
    const all = await client.post('/api/v1/auth/logout-all')

    one.assertStatus(401)
    all.assertStatus(401)
  })
})
