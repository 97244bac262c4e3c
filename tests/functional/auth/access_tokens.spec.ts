import { createHmac, createSecretKey, randomBytes, randomUUIDv7 } from 'node:crypto'
import type { KeyObject, webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from '@japa/runner'
import {
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose'
import { serverAddress } from '#tests/support/raw_http'
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
  key: KeyObject | webcrypto.CryptoKey = jwt.current.key
) {
  return new SignJWT(claims).setProtectedHeader({ ...HEADER, ...header }).sign(key)
}

function encoded(part: object) {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** A key that an attacker has. */
function ownKey() {
  return createSecretKey(randomBytes(32))
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
        title: 'an algorithm of key pairs',
        forge: async (claims: JWTPayload) => {
          const { privateKey } = await generateKeyPair('RS256')
          return sign(claims, { alg: 'RS256' }, privateKey)
        },
      },
      {
        title: 'our secret taken for a public key',
        forge: async (claims: JWTPayload) => {
          const [, payload, signature] = await signedParts(claims)
          return `${encoded({ ...HEADER, alg: 'RS256' })}.${payload}.${signature}`
        },
      },
      {
        title: 'an empty key',
        forge: async (claims: JWTPayload) => {
          const signed = `${encoded(HEADER)}.${encoded(claims)}`
          return `${signed}.${createHmac('sha256', '').update(signed).digest('base64url')}`
        },
      },
      ...['jku', 'x5u'].map((header) => ({
        title: `a key to be fetched (${header})`,
        forge: (claims: JWTPayload) =>
          sign(claims, { [header]: 'http://127.0.0.1/keys' }, ownKey()),
      })),
      {
        title: 'a key it brings along',
        forge: (claims: JWTPayload) => {
          const key = ownKey()
          const jwk = key.export({ format: 'jwk' }) as JWTHeaderParameters['jwk']
          return sign(claims, { jwk, kid: undefined }, key)
        },
      },
      {
        title: 'a key id of another kind',
        forge: (claims: JWTPayload) => sign(claims, { kid: [jwt.current.id] as never }),
      },
      {
        title: 'a statement as key id',
        forge: (claims: JWTPayload) => sign(claims, { kid: "' UNION SELECT 'x' --" }),
      },
      {
        title: 'a time that has not come',
        forge: (claims: JWTPayload) =>
          sign({ ...claims, nbf: Math.floor(Date.now() / 1000) + 600 }),
      },
      {
        title: 'an expiry that is no number',
        forge: (claims: JWTPayload) => sign({ ...claims, exp: '9999999999' as never }),
      },
      {
        title: 'one audience too many, ours left out',
        forge: (claims: JWTPayload) => sign({ ...claims, aud: ['a', 'b'] }),
      },
      {
        title: 'no token id',
        forge: ({ jti, ...claims }: JWTPayload) => sign(claims),
      },
      {
        title: 'claims that are no object',
        forge: async () => {
          const signed = `${encoded(HEADER)}.${encoded([])}`
          const signature = createHmac('sha256', jwt.current.key).update(signed).digest('base64url')
          return `${signed}.${signature}`
        },
      },
      {
        title: 'the claims of somebody else under its signature',
        forge: async (claims: JWTPayload) => {
          const [header, , signature] = await signedParts(claims)
          return `${header}.${encoded({ ...claims, sub: randomUUIDv7() })}.${signature}`
        },
      },
      {
        title: 'a space in the signature',
        forge: async (claims: JWTPayload) => {
          const token = await sign(claims)
          return `${token.slice(0, -4)} ${token.slice(-4)}`
        },
      },
      {
        title: 'ten thousand characters of nothing',
        forge: async () => 'x'.repeat(10_000),
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

  test('are taken whatever the case of the scheme', async ({ client, assert }) => {
    const { accessToken } = await signIn(client, await newcomer())

    for (const scheme of ['bearer', 'BEARER', 'Bearer']) {
      const response = await client
        .get('/api/v1/users/me')
        .header('authorization', `${scheme} ${accessToken}`)
      assert.equal(response.status(), 200, scheme)
    }
  })

  test('stand in one header, once', async ({ client, assert }) => {
    const { accessToken } = await signIn(client, await newcomer())
    const other = await signIn(client, await newcomer())
    const ask = (...headers: string[]) => rawStatus(headers)

    const mine = `authorization: Bearer ${accessToken}`
    const theirs = `authorization: Bearer ${other.accessToken}`

    assert.equal(await ask(mine), 204)
    assert.equal(await ask(theirs, 'authorization: Bearer x'), 401)
    assert.equal(await ask('authorization: Bearer x', theirs), 401)
    assert.equal(await ask(`${theirs}, Bearer ${accessToken}`), 401)
  })

  test('are not read from what has no end', async ({ assert }) => {
    const status = await rawStatus([`authorization: Bearer ${'x'.repeat(200_000)}`])

    assert.equal(status, 431)
  })
})

/** The status that signing out gets with these header lines. */
async function rawStatus(lines: string[]) {
  const { port } = serverAddress()
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const head = [
    'POST /api/v1/auth/logout HTTP/1.1',
    'host: localhost',
    'connection: close',
    ...lines,
  ]
  socket.on('error', () => {})
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const [chunk] = await once(socket, 'data')
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(String(chunk))?.[1])
}
