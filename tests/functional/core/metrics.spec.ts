import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { keyrings } from '#config/secrets'
import { assertMayRead } from '#core/metrics/access'
import { KeyRoster } from '#core/secrets/key_roster'
import { household } from '#tests/support/household'

const TOKEN = 'of-whoever-scrapes'

/** A request from this address, as far as access is concerned. */
function from(address: string, headers: Record<string, string> = {}) {
  return {
    request: { socket: { remoteAddress: address } },
    header: (name: string) => headers[name],
  } as unknown as Parameters<typeof assertMayRead>[0]
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test.group('Metrics', () => {
  test('tell the age of secrets', async ({ client, assert }) => {
    const roster = new KeyRoster(30)
    const process = randomUUIDv7()
    await roster.announce(process, Object.values(keyrings))
    await db.rawQuery(`UPDATE secret_keys SET first_seen_at = now() - interval '81 days'
      WHERE setting = 'APP_KEY'`)

    const response = await client.get('/metrics')

    await roster.leave(process)
    response.assertStatus(200)
    assert.match(response.header('content-type')!, /^text\/plain; version=0\.0\.4/)
    assert.match(response.text(), /^finora_secret_age_days\{secret="APP_KEY"\} 81(\.\d+)?$/m)
    assert.match(response.text(), /^finora_secret_age_days\{secret="JWT_ACCESS_TOKEN_SECRET"\} 0/m)
    assert.match(response.text(), /^process_resident_memory_bytes \d+$/m)
    for (const { newest } of Object.values(keyrings)) {
      assert.notInclude(response.text(), newest.secret)
    }
  })

  test('stay here behind a proxy', async ({ client }) => {
    const response = await client.get('/metrics').header('x-forwarded-for', '127.0.0.1')

    response.assertStatus(403)
  })
})

/** The samples of a metric whose labels include these, summed. */
async function sumOf(client: ApiClient, name: string, labels: Record<string, string> = {}) {
  const response = await client.get('/metrics')
  const samples = response
    .text()
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .filter((line) =>
      Object.entries(labels).every((label) => line.includes(`${label[0]}="${label[1]}"`))
    )
  if (samples.length === 0) return undefined
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

test.group('Metrics / requests', () => {
  test('are counted by the pattern of their route', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const route = '/api/v1/wallet/accounts/:id'
    const count = (status: string) => sumOf(client, 'http_requests_total', { route, status })
    const [found = 0, missing = 0] = [await count('200'), await count('404')]
    const errors = (await sumOf(client, 'http_errors_total', { route })) ?? 0

    await client.get(`/api/v1/wallet/accounts/${checking.id}`).loginAs(user)
    await client.get(`/api/v1/wallet/accounts/${randomUUIDv7()}`).loginAs(user)

    assert.equal(await count('200'), found + 1)
    assert.equal(await count('404'), missing + 1)
    assert.equal(await sumOf(client, 'http_errors_total', { route }), errors + 1)
    assert.isAtLeast((await sumOf(client, 'http_request_duration_ms_count', { route }))!, 2)
  })

  test('make no label of what clients make up', async ({ client, assert }) => {
    const path = `/made-up-${randomUUIDv7()}`
    const before = (await sumOf(client, 'http_requests_total', { route: 'unmatched' })) ?? 0

    await client.get(path)
    await client.get(`${path}/again`)

    assert.equal(await sumOf(client, 'http_requests_total', { route: 'unmatched' }), before + 2)
    const response = await client.get('/metrics')
    assert.notInclude(response.text(), path)
  })
})

test.group('Metrics / what lies behind', () => {
  test('tell of connections, commands, jobs and the cache', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    await client.get('/api/v1/wallet/summary').loginAs(user)
    await client.get('/api/v1/wallet/summary').loginAs(user)

    assert.isAbove((await sumOf(client, 'cache_hit_rate'))!, 0)
    assert.isAbove((await sumOf(client, 'cache_answers_total', { result: 'hit' }))!, 0)
    assert.isAbove((await sumOf(client, 'database_connections', { pool: 'app' }))!, 0)
    assert.isAbove((await sumOf(client, 'database_connections', { pool: 'reads' }))!, 0)
    assert.isAbove((await sumOf(client, 'redis_operations', { command: 'mget' }))!, 0)
    assert.isNumber(await sumOf(client, 'job_queue_length', { queue: 'csv-import', state: 'dead' }))
    assert.isNumber(await sumOf(client, 'finora_outbox_lag_seconds'))
    assert.isNumber(await sumOf(client, 'finora_outbox_waiting'))
  })

  test('say nothing of a cache that nobody asked', async ({ client, assert }) => {
    await client.get('/metrics')

    assert.isUndefined(await sumOf(client, 'cache_hit_rate'))
  })
})

test.group('Metrics / access', () => {
  test('lets {title}')
    .with([
      { title: 'this machine', request: from('127.0.0.1'), token: undefined },
      { title: 'this machine by IPv6', request: from('::1'), token: undefined },
      { title: 'a mapped address', request: from('::ffff:127.0.0.1'), token: undefined },
      { title: 'the bearer', request: from('203.0.113.9', bearer(TOKEN)), token: TOKEN },
    ])
    .run(({ assert }, { request, token }) => {
      assert.doesNotThrow(() => assertMayRead(request, token))
    })

  test('refuses {title}')
    .with([
      { title: 'another machine', request: from('10.0.0.7'), token: undefined },
      { title: 'another by IPv6', request: from('2001:db8::1'), token: undefined },
      { title: 'an unknown address', request: from(''), token: undefined },
      {
        title: 'what was forwarded',
        request: from('127.0.0.1', { forwarded: 'for=::1' }),
        token: undefined,
      },
      { title: 'this machine without the token', request: from('127.0.0.1'), token: TOKEN },
      { title: 'a wrong token', request: from('127.0.0.1', bearer('guess')), token: TOKEN },
      { title: 'an empty token', request: from('127.0.0.1', bearer('')), token: TOKEN },
      {
        title: 'another scheme',
        request: from('127.0.0.1', { authorization: `Basic ${TOKEN}` }),
        token: TOKEN,
      },
    ])
    .run(({ assert }, { request, token }) => {
      assert.throws(() => assertMayRead(request, token))
    })
})
