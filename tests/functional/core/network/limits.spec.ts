import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { household, newcomer } from '#tests/support/household'
import { ServerProcess, type Reply } from '#tests/support/server_process'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

/** Long enough for two processes to have told each other what they counted. */
const TOLD = 700

const wrong = (email: string) => ({ email, password: 'not the right horse' })

async function bearer(client: ApiClient, user: User) {
  const { accessToken } = await signIn(client, user)
  return { authorization: `Bearer ${accessToken}` }
}

function standing({ status, headers }: Reply) {
  return [status, headers['ratelimit-limit'], headers['ratelimit-remaining']]
}

/** An address of loopback of one's own, so that tests don't share an allowance. */
const address = (() => {
  let last = 1
  return () => `127.0.7.${++last}`
})()

test.group('Rate limits', (group) => {
  const settings = {
    RATE_LIMIT_AUTH: '5/minute',
    RATE_LIMIT_IMPORTS: '2/hour',
    RATE_LIMIT_API: '6/minute',
    RATE_LIMIT_IP: '20/minute',
  }
  const [one, two] = [new ServerProcess(settings), new ServerProcess(settings)]
  group.setup(async () => {
    await Promise.all([one.start(), two.start()])
    await Promise.all([one, two].map((server) => server.ask('/x', { from: address() })))
    await sleep(TOLD)
    return async () => {
      await Promise.all([one.stop(), two.stop()])
    }
  })

  test('count down in every answer', async ({ client, assert }) => {
    const headers = await bearer(client, await newcomer())
    const from = address()

    const first = await one.ask('/api/v1/users/me', { headers, from })
    const second = await one.ask('/api/v1/users/me', { headers, from })

    assert.deepEqual(standing(first), [200, '6', '5'])
    assert.deepEqual(standing(second), [200, '6', '4'])
    assert.match(String(second.headers['ratelimit-reset']), /^(59|60)$/)
  })

  test('refuse one user and no other', async ({ client, assert }) => {
    const [mine, theirs] = [
      await bearer(client, await newcomer()),
      await bearer(client, await newcomer()),
    ]
    const from = address()

    const replies: Reply[] = []
    for (let n = 0; n < 7; n++) {
      replies.push(await one.ask('/api/v1/users/me', { headers: mine, from }))
    }
    const other = await one.ask('/api/v1/users/me', { headers: theirs, from })

    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 200, 200, 200, 429]
    )
    assert.equal(other.status, 200)
    const { headers, text } = replies.at(-1)!
    assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
    assert.equal(headers['retry-after'], headers['ratelimit-reset'])
    assert.containsSubset(JSON.parse(text), {
      status: 429,
      code: 'RateLimited',
      type: 'urn:finora:problem:rate-limited',
    })
  })

  test('follow a user from process to process', async ({ client, assert }) => {
    const headers = await bearer(client, await newcomer())
    for (let n = 0; n < 6; n++) await one.ask('/api/v1/users/me', { headers, from: address() })

    await sleep(TOLD)
    await two.ask('/api/v1/users/me', { headers, from: address() })
    await sleep(TOLD)
    const reply = await two.ask('/api/v1/users/me', { headers, from: address() })

    assert.equal(reply.status, 429)
  })

  test('let the same number sign in, however asked', async ({ assert }) => {
    const email = `${randomUUIDv7()}@example.com`

    const replies = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        [one, two][n % 2].ask('/api/v1/auth/login', { json: wrong(email), from: address() })
      )
    )

    const admitted = replies.filter(({ status }) => status !== 429)
    assert.lengthOf(admitted, 5)
  })

  test('count e-mail addresses as people do', async ({ assert }) => {
    const email = `${randomUUIDv7()}@example.com`
    const ask = (spelled: string) =>
      one.ask('/api/v1/auth/login', { json: wrong(spelled), from: address() })
    for (let n = 0; n < 5; n++) await ask(email)

    const replies = [
      await ask(` ${email.toUpperCase()} `),
      await ask(email.replace('example', 'ｅｘａｍｐｌｅ')),
      await ask(email.replace('@', '＠')),
    ]

    assert.deepEqual(
      replies.map(({ status }) => status),
      [429, 429, 429]
    )
  })

  test('count the e-mail address of the body', async ({ assert }) => {
    const [tried, named] = [`${randomUUIDv7()}@example.com`, `${randomUUIDv7()}@example.com`]
    const ask = (path: string, email: string) =>
      one.ask(path, { json: wrong(email), from: address() })
    const path = '/api/v1/auth/login'

    const replies: Reply[] = []
    for (let n = 0; n < 6; n++) replies.push(await ask(`${path}?email=${named}`, tried))
    const other = await ask(path, named)

    assert.deepEqual(
      replies.map(({ status }) => status === 429),
      [false, false, false, false, false, true]
    )
    assert.equal(other.status, 401)
  })

  test('count one address, whoever it tries', async ({ assert }) => {
    const from = address()
    const ask = (path: string, json: object) => one.ask(path, { json, from })

    const replies: Reply[] = []
    for (let n = 0; n < 5; n++) {
      replies.push(await ask('/api/v1/auth/login', wrong(`${randomUUIDv7()}@example.com`)))
    }
    const registration = await ask('/api/v1/auth/register', {})

    assert.isTrue(replies.every(({ status }) => status === 401))
    assert.deepEqual(standing(replies[0]), [401, '5', '4'])
    assert.deepEqual(standing(registration), [429, '5', '0'])
  })

  test('count imports apart from reads', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    const headers = await bearer(client, user)
    const upload = () =>
      one.ask('/api/v1/transactions/imports', { method: 'POST', headers, from: address() })

    const replies = [await upload(), await upload(), await upload()]
    const read = await one.ask('/api/v1/transactions/imports', { headers, from: address() })

    assert.deepEqual(
      replies.map(({ status }) => status === 429),
      [false, false, true]
    )
    assert.equal(replies[2].headers['ratelimit-limit'], '2')
    assert.isAbove(Number(replies[2].headers['retry-after']), 3_500)
    assert.equal(read.status, 200)
  })

  test('hold on unknown paths too', async ({ assert }) => {
    const from = address()

    const replies: Reply[] = []
    for (let n = 0; n < 21; n++) replies.push(await one.ask(`/nothing/${n}`, { from }))

    assert.deepEqual(standing(replies[0]), [404, '20', '19'])
    assert.deepEqual(standing(replies[20]), [429, '20', '0'])
  })

  test('know forged tokens by their address', async ({ assert }) => {
    const from = address()
    const headers = { authorization: 'Bearer x.y.z' }

    const reply = await one.ask('/api/v1/users/me', { headers, from })

    assert.deepEqual(standing(reply), [401, '20', '19'])
  })

  test('never refuse a probe', async ({ assert }) => {
    const from = address()
    for (let n = 0; n < 21; n++) await one.ask('/x', { from })

    const [refused, probe] = [
      await one.ask('/x', { from }),
      await one.ask('/health/ready', { from }),
    ]

    assert.deepEqual([refused.status, probe.status], [429, 200])
    assert.notProperty(probe.headers, 'ratelimit-limit')
  })

  test('cannot be shaken off by forging', async ({ assert }) => {
    const from = address()
    const ask = (n: number) =>
      one.ask('/x', { from, headers: { 'x-forwarded-for': `203.0.113.${n}`, 'x-real-ip': `${n}` } })

    const replies: Reply[] = []
    for (let n = 0; n < 21; n++) replies.push(await ask(n))

    assert.equal(replies.at(-1)!.status, 429)
  })
})

test.group('Rate limits / behind a proxy', (group) => {
  const server = new ServerProcess({ RATE_LIMIT_IP: '3/minute', TRUSTED_PROXIES: '127.0.0.0/8' })
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })

  test('count a household of IPv6 once', async ({ assert }) => {
    const ask = (client: string) => server.ask('/x', { headers: { 'x-forwarded-for': client } })

    const replies: Reply[] = []
    for (let n = 1; n < 5; n++) replies.push(await ask(`2001:db8:7:7::${n}`))
    const neighbour = await ask('2001:db8:7:8::1')

    assert.deepEqual(
      replies.map(({ status }) => status),
      [404, 404, 404, 429]
    )
    assert.equal(neighbour.status, 404)
  })
})

test.group('Rate limits / by default', (group) => {
  const unset = ['AI', 'AUTH', 'IMPORTS', 'FILES', 'API', 'IP'].map((name) => [
    `RATE_LIMIT_${name}`,
    '',
  ])
  const server = new ServerProcess(Object.fromEntries(unset))
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })

  test('are those of the contract', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    const headers = await bearer(client, user)
    const from = address()

    const replies = [
      await server.ask('/x', { from }),
      await server.ask('/api/v1/users/me', { headers, from }),
      await server.ask('/api/v1/auth/login', { json: wrong('a@example.com'), from }),
      await server.ask('/api/v1/transactions/imports', { method: 'POST', headers, from }),
    ]

    assert.deepEqual(
      replies.map(({ headers: told }) => told['ratelimit-limit']),
      ['1200', '600', '10', '60']
    )
    assert.isAtMost(Number(replies[2].headers['ratelimit-reset']), 60)
    assert.isAbove(Number(replies[3].headers['ratelimit-reset']), 3_590)
  })
})
