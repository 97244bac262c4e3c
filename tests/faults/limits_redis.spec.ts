import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Group } from '@japa/runner/core'
import { eventually } from '#tests/support/eventually'
import { ServerProcess } from '#tests/support/server_process'
import { PrivateRedis } from '#tests/support/worker_process'

/** A Redis for each test, and so many servers that count in it. */
function startServers(group: Group, count: number) {
  const redis = new PrivateRedis()
  const servers: ServerProcess[] = []

  group.each.timeout(120_000)
  group.each.setup(async () => {
    await redis.start()
    const settings = {
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: '',
      RATE_LIMIT_AUTH: '5/minute',
      RATE_LIMIT_IP: '40/minute',
      LOG_LEVEL: 'silent',
    }
    servers.splice(0, count, ...Array.from({ length: count }, () => new ServerProcess(settings)))
    await Promise.all(servers.map((server) => server.start()))
    await Promise.all(servers.map((server) => attempt(server, 'warm@example.com', '127.0.9.9')))
    await sleep(500)
    return async () => {
      redis.thaw()
      await Promise.all([...servers.map((server) => server.stop()), redis.stop()])
    }
  })
  return { redis, servers }
}

test.group('Rate limits / Redis lost', (group) => {
  const { redis, servers } = startServers(group, 1)

  test('hold on sign-in: {$self}')
    .with(['stop', 'freeze', 'flush'] as const)
    .run(async ({ assert }, loss) => {
      const [server] = servers
      const email = `${randomUUIDv7()}@example.com`
      const before = [await attempt(server, email), await attempt(server, email)]

      await redis[loss]()
      const after = []
      for (let n = 0; n < 6; n++) after.push(await attempt(server, email))

      assert.deepEqual(
        [...before, ...after].map(({ status }) => status),
        [401, 401, 401, 401, 401, 429, 429, 429]
      )
      assert.isTrue([...before, ...after].every(({ took }) => took < 2_000))
    })

  test('hold for each address', async ({ assert }) => {
    await redis.stop()

    const statuses: number[] = []
    for (let n = 0; n < 41; n++) {
      const { status } = await servers[0].ask('/x', { from: '127.0.9.2' })
      statuses.push(status)
    }

    assert.deepEqual(statuses.slice(-2), [404, 429])
  })
})

test.group('Rate limits / Redis back', (group) => {
  const { redis, servers } = startServers(group, 2)

  test('are shared again', async ({ assert }) => {
    await redis.stop()
    await attempt(servers[0], 'meanwhile@example.com')
    await redis.start()

    const email = `${randomUUIDv7()}@example.com`
    await eventually(async () => {
      const probe = `${randomUUIDv7()}@example.com`
      for (let n = 0; n < 4; n++) await attempt(servers[0], probe)
      await attempt(servers[1], probe)
      const { status } = await attempt(servers[1], probe)
      return status === 429
    }, 30_000)
    for (let n = 0; n < 5; n++) await attempt(servers[0], email)
    const { status } = await attempt(servers[1], email)

    assert.equal(status, 429)
  })
})

let last = 1

/** A wrong sign-in, from an address of its own unless given. */
async function attempt(server: ServerProcess, email: string, from = `127.0.10.${++last}`) {
  const startedAt = performance.now()
  const json = { email, password: 'not the right horse' }
  const { status } = await server.ask('/api/v1/auth/login', { json, from })
  return { status, took: performance.now() - startedAt }
}
