import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { tenant } from '#core/database/tenant'
import { newcomer } from '#tests/support/household'

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
