import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { PersonalToken } from '#auth/domain/personal_token'
import { GenerousLimit } from '#core/http/limits/generous_limit'
import { eventually } from '#tests/support/eventually'
import { newcomer } from '#tests/support/household'
import { ServerProcess, type Reply } from '#tests/support/server_process'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

/** Long enough for two processes to have told each other what they counted. */
const TOLD = 700

const ME = '/api/v1/users/me'
const ACCOUNTS = '/api/v1/wallet/accounts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** The headers of a program that the user gave a token. */
async function personal(client: ApiClient, user: User, scopes: string[]) {
  const response = await client
    .post('/api/v1/auth/tokens')
    .loginAs(user)
    .json({ name: 'Script', scopes })
  response.assertStatus(201)
  return bearer(response.body().token)
}

const address = (() => {
  let last = 1
  return () => `127.0.8.${++last}`
})()

/** The same limit as several processes hold it. */
function processes() {
  const name = `claims-${randomUUIDv7()}`
  const rate = { requests: 100, seconds: 60 }
  return [new GenerousLimit(name, rate), new GenerousLimit(name, rate)]
}

test.group('Rate limits / on trust', () => {
  test('are told to no other process', async ({ assert }) => {
    const [one, two] = processes()
    await eventually(async () => {
      one.count('warm')
      await sleep(TOLD)
      two.count('warm')
      await sleep(TOLD)
      return two.count('warm').remaining < 98
    })
    const claims = Array.from({ length: 50 }, () => one.claim('client'))
    const [mine, ...others] = claims

    mine.settle(true)
    await sleep(TOLD)
    two.count('client')
    await sleep(TOLD)
    for (const other of others) other.settle(false)

    assert.equal(claims.at(-1)!.standing.remaining, 50)
    assert.equal(two.count('client').remaining, 97)
    assert.equal(one.count('client').remaining, 98)
  })
})

test.group('Rate limits / of a user', (group) => {
  const settings = { RATE_LIMIT_API: '6/minute' }
  const servers = [new ServerProcess(settings), new ServerProcess(settings)]
  group.setup(async () => {
    await Promise.all(servers.map((server) => server.start()))
    await Promise.all(servers.map((server) => server.ask('/x', { from: address() })))
    await sleep(TOLD)
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
    }
  })

  test('are spared by a revoked token', async ({ client, assert }) => {
    const user = await newcomer()
    const [stolen, own] = [await signIn(client, user), await signIn(client, user)].map(
      ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` })
    )
    await servers[0].ask('/api/v1/auth/logout', { method: 'POST', headers: stolen })

    const refused: Reply[] = []
    for (let n = 0; n < 20; n++) {
      const server = servers[n % 2]
      const question = { headers: stolen, from: address() }
      refused.push(
        n % 3 === 0
          ? await server.ask(ACCOUNTS, { ...question, json: {} })
          : await server.ask(ME, question)
      )
    }
    await sleep(TOLD)
    const allowed = [
      await servers[0].ask(ME, { headers: own, from: address() }),
      await servers[1].ask(ME, { headers: own, from: address() }),
    ]

    assert.isTrue(refused.every(({ status }) => status === 401))
    assert.isTrue(refused.every(({ headers }) => headers['ratelimit-limit'] === '6'))
    assert.deepEqual(
      allowed.map(({ status }) => status),
      [200, 200]
    )
  })

  test('outlive a burst of a revoked token', async ({ client, assert }) => {
    const user = await newcomer()
    const [stolen, own] = [await signIn(client, user), await signIn(client, user)].map(
      ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` })
    )
    await servers[0].ask('/api/v1/auth/logout', { method: 'POST', headers: stolen })

    const burst = await Promise.all(
      Array.from({ length: 30 }, () => servers[0].ask(ME, { headers: stolen, from: address() }))
    )
    const { status, headers } = await servers[0].ask(ME, { headers: own, from: address() })

    assert.notInclude(
      burst.map((reply) => reply.status),
      200
    )
    assert.deepEqual([status, headers['ratelimit-remaining']], [200, '4'])
  })

  test('refuse a flood before anything is done', async ({ client, assert }) => {
    const { accessToken } = await signIn(client, await newcomer())
    const headers = { authorization: `Bearer ${accessToken}` }

    const replies = await Promise.all(
      Array.from({ length: 30 }, () => servers[0].ask(ME, { headers, from: address() }))
    )

    const passed = replies.filter(({ status }) => status === 200)
    assert.lengthOf(passed, 6)
  })

  test('count what a token may not do', async ({ client, assert }) => {
    const headers = await personal(client, await newcomer(), ['read'])

    const writes: Reply[] = []
    for (let n = 0; n < 8; n++) {
      writes.push(await servers[0].ask(ACCOUNTS, { headers, from: address(), json: {} }))
    }

    assert.deepEqual(
      writes.map(({ status }) => status),
      [403, 403, 403, 403, 403, 403, 429, 429]
    )
  })

  test('are spared by a made-up token', async ({ client, assert }) => {
    const user = await newcomer()
    const own = await personal(client, user, ['read', 'write'])
    const forged = bearer(PersonalToken.issue(user.id, randomUUIDv7()).value)

    const refused: Reply[] = []
    for (let n = 0; n < 20; n++) {
      const question = { headers: forged, from: address() }
      refused.push(
        n % 3 === 0
          ? await servers[0].ask(ACCOUNTS, { ...question, json: {} })
          : await servers[0].ask(ACCOUNTS, question)
      )
    }
    const { status, headers } = await servers[0].ask(ACCOUNTS, { headers: own, from: address() })

    assert.isTrue(refused.every((reply) => reply.status === 401))
    assert.isTrue(refused.every((reply) => reply.headers['ratelimit-limit'] === '6'))
    assert.deepEqual([status, headers['ratelimit-remaining']], [200, '5'])
  })
})
