import { test } from '@japa/runner'
import type { Group } from '@japa/runner/core'
import { household, PASSWORD } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'
import { PrivateRedis } from '#tests/support/worker_process'

const SUMMARY = '/api/v1/wallet/summary'

/** Two servers behind one Redis. */
function startServers(group: Group) {
  const redis = new PrivateRedis()
  const servers: ServerProcess[] = []

  group.each.timeout(120_000)
  group.each.setup(async () => {
    await redis.start()
    const settings = { REDIS_PORT: String(redis.port), REDIS_PASSWORD: '', LOG_LEVEL: 'silent' }
    servers.splice(0, 2, new ServerProcess(settings), new ServerProcess(settings))
    await Promise.all(servers.map((server) => server.start()))
    return async () => {
      redis.thaw()
      await Promise.all([...servers.map((server) => server.stop()), redis.stop()])
    }
  })
  return { redis, servers }
}

/** Somebody signed in, with one account, whose ledger both servers remember. */
async function customer([here, there]: ServerProcess[]) {
  const { user, checking } = await household({ checking: 0 })
  const json = { email: user.email, password: PASSWORD }
  const { text } = await here.ask('/api/v1/auth/login', { json })
  const { accessToken, refreshToken } = JSON.parse(text)
  const headers = { authorization: `Bearer ${accessToken}` }
  const balance = async (server: ServerProcess) => {
    const { status, text: body } = await server.ask(SUMMARY, { headers })
    return status === 200 ? (JSON.parse(body).totalBalance as number) : status
  }
  const spend = (server: ServerProcess, amount: number) =>
    server.ask('/api/v1/transactions', {
      headers,
      json: { accountId: checking.id, amount: -amount, bookedOn: '2026-01-20', payee: 'Kiosk' },
    })
  const signOut = (server: ServerProcess) =>
    server.ask('/api/v1/auth/logout', { headers, json: { refreshToken } })

  for (const server of [here, there, here, there]) await balance(server)
  return { balance, spend, signOut }
}

test.group('Remembered ledgers / two processes', (group) => {
  const { redis, servers } = startServers(group)

  test('show each what the other wrote, at once', async ({ assert }) => {
    const { balance, spend } = await customer(servers)
    const seen: number[] = []

    for (let n = 1; n <= 40; n++) {
      await spend(servers[n % 2], 1)
      seen.push(await balance(servers[(n + 1) % 2]), await balance(servers[n % 2]))
    }

    const expected = Array.from({ length: 40 }, (_, n) => [-n - 1, -n - 1]).flat()
    assert.deepEqual(seen, expected)
  })

  test('let nobody in who signed out at the other', async ({ assert }) => {
    const { balance, signOut } = await customer(servers)

    const { status } = await signOut(servers[0])

    assert.equal(status, 204)
    assert.deepEqual([await balance(servers[1]), await balance(servers[0])], [401, 401])
  })

  test('follow a write without Redis: {$self}')
    .with(['stop', 'freeze', 'flush'] as const)
    .run(async ({ assert }, loss) => {
      const { balance, spend } = await customer(servers)

      await redis[loss]()
      await spend(servers[0], 5)

      assert.deepEqual([await balance(servers[1]), await balance(servers[0])], [-5, -5])
    })

  test('let nobody in who signed out without Redis: {$self}')
    .with(['stop', 'freeze', 'flush'] as const)
    .run(async ({ assert }, loss) => {
      const { balance, signOut } = await customer(servers)

      await redis[loss]()
      await signOut(servers[0])

      assert.deepEqual([await balance(servers[1]), await balance(servers[0])], [401, 401])
    })
})
