import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { connections } from '#config/database'
import { tenant } from '#core/database/tenant'
import { newcomer } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'
import { signIn } from '#tests/support/sign_in'
import { Tunnel } from '#tests/support/tunnel'

/** Ends every connection that is asleep in a query, as a restart of Postgres would. */
async function terminateSleepers() {
  const { rows } = await db.rawQuery(`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = current_user AND query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()
  `)
  return rows.length
}

test.group('Database / lost connections', () => {
  test('fail one read, not the process', async ({ client, assert }) => {
    const user = await newcomer()
    const reading = tenant.read(user.id, (reader) => reader.query('SELECT pg_sleep(20)'))
    const failed = assert.rejects(() => reading)
    while ((await terminateSleepers()) === 0) await new Promise((next) => setTimeout(next, 50))

    await failed

    const response = await client.get('/api/v1/wallet/summary').loginAs(user)
    response.assertStatus(200)
  })
})

test.group('Database / silent', (group) => {
  group.each.timeout(60_000)

  test('ends as 503 in time, and signs nobody out', async ({ client, assert, cleanup }) => {
    const tunnel = await new Tunnel(connections.app).open()
    const server = new ServerProcess({
      DB_HOST: '127.0.0.1',
      DB_PORT: String(tunnel.port),
      LOG_LEVEL: 'silent',
    })
    cleanup(async () => {
      await server.stop()
      await tunnel.close()
    })
    await server.start()
    const { accessToken } = await signIn(client, await newcomer())
    const ask = async (path: string, method = 'GET') => {
      const startedAt = performance.now()
      const headers = { authorization: `Bearer ${accessToken}` }
      const { status } = await server.ask(path, { headers, method })
      return { path, status, isInTime: performance.now() - startedAt < 5_000 }
    }
    const reads = ['users/me', 'auth/sessions', 'wallet/accounts', 'transactions/rules']
    const askAll = () => Promise.all(reads.map((read) => ask(`/api/v1/${read}`)))
    const before = await askAll()

    tunnel.silence()
    const after = [...(await askAll()), await ask('/api/v1/auth/logout', 'POST')]

    for (const { path, status } of before) assert.equal(status, 200, path)
    for (const { path, status, isInTime } of after) {
      assert.deepEqual([status, isInTime], [503, true], path)
    }
  })
})
