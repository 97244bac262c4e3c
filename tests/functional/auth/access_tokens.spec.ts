import { createSecretKey, randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { jwt } from '#config/jwt'
import { newcomer } from '#tests/support/household'
import { signIn, statusOf, type Tokens } from '#tests/support/sign_in'

const HEADER = { alg: 'HS256', typ: 'at+jwt', kid: jwt.current.id }

function claimsOf({ accessToken }: Tokens): JWTPayload {
  return JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
}

/** Signs with Finora's own key: only what is said in the token is wrong. */
function sign(
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key = jwt.current.key
) {
  return new SignJWT(claims).setProtectedHeader({ ...HEADER, ...header }).sign(key)
}

async function signedParts(claims: JWTPayload) {
  const token = await sign(claims)
  return token.split('.')
}

test.group('Access tokens', () => {
  test('are taken as they were given', async ({ client, assert }) => {
    const tokens = await signIn(client, await newcomer())

    assert.equal(await statusOf(client, await sign(claimsOf(tokens))), 200)
  })

  test('are refused with {title}')
    .with([
      {
        title: 'no signature',
        forge: (claims: JWTPayload) => new UnsecuredJWT(claims).encode(),
      },
      {
        title: 'the signature cut off',
        forge: async (claims: JWTPayload) => {
          const [header, payload] = await signedParts(claims)
          return `${header}.${payload}.`
        },
      },
      {
        title: 'alg none and a signature',
        forge: async (claims: JWTPayload) => {
          const [, payload, signature] = await signedParts(claims)
          const header = Buffer.from(JSON.stringify({ ...HEADER, alg: 'none' }))
          return `${header.toString('base64url')}.${payload}.${signature}`
        },
      },
      {
        title: 'another algorithm',
        forge: (claims: JWTPayload) => sign(claims, { alg: 'HS512' }),
      },
      {
        title: 'an unknown key id',
        forge: (claims: JWTPayload) => sign(claims, { kid: '000000000000' }),
      },
      {
        title: 'a path as key id',
        forge: (claims: JWTPayload) => sign(claims, { kid: '../../dev/null' }),
      },
      { title: 'no key id', forge: (claims: JWTPayload) => sign(claims, { kid: undefined }) },
      {
        title: 'a key of its own',
        forge: (claims: JWTPayload) =>
          sign(claims, { jku: 'http://localhost/keys' }, createSecretKey(Buffer.alloc(32, 'x'))),
      },
      {
        title: 'the type of an id token',
        forge: (claims: JWTPayload) => sign(claims, { typ: 'JWT' }),
      },
      {
        title: 'a critical extension',
        forge: async (claims: JWTPayload) => {
          const [, payload, signature] = await signedParts(claims)
          const header = Buffer.from(JSON.stringify({ ...HEADER, crit: ['b64'], b64: false }))
          return `${header.toString('base64url')}.${payload}.${signature}`
        },
      },
      {
        title: 'no expiry',
        forge: ({ exp, ...claims }: JWTPayload) => sign(claims),
      },
      {
        title: 'its time over',
        forge: (claims: JWTPayload) => sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }),
      },
      {
        title: 'another audience',
        forge: (claims: JWTPayload) => sign({ ...claims, aud: 'finora-console' }),
      },
      {
        title: 'another issuer',
        forge: (claims: JWTPayload) => sign({ ...claims, iss: 'somebody' }),
      },
      { title: 'no session', forge: ({ sid, ...claims }: JWTPayload) => sign(claims) },
      {
        title: 'an unknown session',
        forge: (claims: JWTPayload) => sign({ ...claims, sid: randomUUIDv7() }),
      },
      {
        title: 'a session that is no id',
        forge: (claims: JWTPayload) => sign({ ...claims, sid: "' OR true --" }),
      },
      {
        title: 'a subject that is no id',
        forge: (claims: JWTPayload) => sign({ ...claims, sub: 'admin' }),
      },
      { title: 'no subject', forge: ({ sub, ...claims }: JWTPayload) => sign(claims) },
    ])
    .run(async ({ client, assert }, { forge }) => {
      const tokens = await signIn(client, await newcomer())

      const forged = await forge(claimsOf(tokens))

      assert.equal(await statusOf(client, forged), 401)
      assert.equal(await statusOf(client, tokens.accessToken), 200)
    })

  test("open nobody else's session", async ({ client, assert }) => {
    const mine = claimsOf(await signIn(client, await newcomer()))
    const theirs = claimsOf(await signIn(client, await newcomer()))

    const forged = await sign({ ...mine, sub: theirs.sub })

    assert.equal(await statusOf(client, forged), 401)
  })

  test('cannot raise the role', async ({ client, assert }) => {
    const tokens = await signIn(client, await newcomer())
    const forged = await sign({ ...claimsOf(tokens), role: 'ADMIN' })

    const response = await client.get('/api/v1/users/me').bearerToken(forged)

    assert.equal(response.body().role, 'USER')
  })

  test('are no refresh tokens', async ({ client, assert }) => {
    const { refreshToken } = await signIn(client, await newcomer())

    assert.equal(await statusOf(client, refreshToken), 401)
  })

  test('stand in the header only', async ({ client }) => {
    const { accessToken } = await signIn(client, await newcomer())

    const inQuery = await client.get('/api/v1/users/me').qs({ access_token: accessToken })
    const asBasic = await client
      .get('/api/v1/users/me')
      .header('authorization', `Basic ${accessToken}`)

    inQuery.assertStatus(401)
    asBasic.assertStatus(401)
  })
})
