import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { tenant } from '#core/database/tenant'
import { userTables } from '#tests/support/catalog'
import { household, record, split, categoryOf, transfer } from '#tests/support/household'

test.group('Row-level security / scope', () => {
  test('shows nothing without a scope', async ({ assert }) => {
    const { user, checking, savings } = await household({ checking: 1, savings: 0 })
    const receipt = await record(user, { accountId: checking.id, amount: -2 })
    await split(user, receipt, [[await categoryOf(user, 'Dining'), -2]])
    await transfer(user, checking, savings, 1)

    for (const { name } of await userTables()) {
      const { rows } = await db.connection('app').rawQuery(`SELECT count(*) FROM ${name}`)
      assert.deepEqual([name, Number(rows[0].count)], [name, 0])
    }
  })

  test('shows nothing in an empty scope', async ({ assert }) => {
    await household({ checking: 1 })

    const { rows } = await db.connection('app').transaction(async (trx) => {
      await trx.rawQuery(`SELECT set_config('finora.user_id', '', true)`)
      return trx.rawQuery('SELECT count(*) FROM users')
    })

    assert.equal(rows[0].count, 0)
  })

  test('is left behind by no transaction', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    await Promise.all(
      Array.from({ length: 20 }, () => tenant.transaction(user.id, (trx) => trx.from('users')))
    )

    const seen = await Promise.all(
      Array.from({ length: 20 }, () => db.connection('app').from('users').select('id'))
    )

    assert.deepEqual(seen.flat(), [])
  })

  test('shows one user what is theirs', async ({ assert }) => {
    const [mine, theirs] = [await household({ checking: 1 }), await household({ checking: 1 })]
    await record(theirs.user, { accountId: theirs.checking.id, amount: -2 })

    for (const { name, owner } of await userTables()) {
      const rows = await tenant.transaction(mine.user.id, (trx) =>
        trx.from(name).select(owner).distinct(owner)
      )
      const owners = rows.map((row) => row[owner])
      assert.isEmpty(
        owners.filter((id) => id !== mine.user.id),
        name
      )
    }
  })

  test('refuses a scope that is no user', async ({ assert }) => {
    const read = () => tenant.read(`x'; DROP TABLE users; --`, (reader) => reader.query('SELECT 1'))

    await assert.rejects(read, /user id/)
  })
})
