import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { roles } from '#config/database'
import { tenant } from '#core/database/tenant'
import { catalog } from '#tests/support/catalog'
import { eventually } from '#tests/support/eventually'
import { household, newcomer, record } from '#tests/support/household'
import { signIn } from '#tests/support/sign_in'

/** What a read can be held up at. */
const GATE = 70_418

const DIVISION = 'SELECT 1 / $1::int AS one'

test.group('Reads / together', () => {
  test('share one snapshot', async ({ assert }) => {
    const { user, checking } = await household({ checking: 1 })
    const count = 'SELECT count(*)::int AS rows FROM transactions'
    const gate = await db.connection('app').transaction()
    await gate.rawQuery('SELECT pg_advisory_xact_lock(?)', [GATE])

    const reading = tenant.read(user.id, (reader) =>
      Promise.all([
        reader.query<{ rows: number }>(count),
        reader.query('SELECT pg_advisory_xact_lock_shared($1)', [GATE]),
        reader.query<{ rows: number }>(count),
      ])
    )
    await eventually(async () => {
      const { rows } = await gate.rawQuery(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ?`,
        [GATE]
      )
      return rows.length > 0
    })
    await record(user, { accountId: checking.id, amount: -1 })
    await gate.commit()
    const [[before], , [after]] = await reading

    assert.deepEqual([before.rows, after.rows], [0, 0])
  })

  test('may ask the same twice', async ({ assert }) => {
    const user = await newcomer()

    const answers = await tenant.read(user.id, (reader) =>
      Promise.all([reader.query(DIVISION, [1]), reader.query(DIVISION, [-1])])
    )

    assert.deepEqual(answers, [[{ one: 1 }], [{ one: -1 }]])
  })

  test('carry any text in lists', async ({ assert }) => {
    const user = await newcomer()
    const texts = ['plain', 'a,b', '{c}', '"d"', String.raw`e\f`, '', 'NULL', 'Ünï']

    const [row] = await tenant.read(user.id, (reader) =>
      reader.query<{ texts: string[] }>('SELECT $1::text[] AS texts', [texts])
    )

    assert.deepEqual(row.texts, texts)
  })

  test('refuse what is asked later', async ({ assert }) => {
    const user = await newcomer()

    const late = tenant.read(user.id, async (reader) => {
      await reader.query(DIVISION, [1])
      return reader.query(DIVISION, [1])
    })

    await assert.rejects(() => late, /at once/)
  })

  test('go on after one failed', async ({ assert }) => {
    const user = await newcomer()
    const divide = (by: number) => tenant.read(user.id, (reader) => reader.query(DIVISION, [by]))

    const failed = await Promise.allSettled(Array.from({ length: 20 }, () => divide(0)))
    const worked = await Promise.all(Array.from({ length: 20 }, () => divide(1)))

    assert.isTrue(failed.every(({ status }) => status === 'rejected'))
    assert.deepEqual(worked, new Array(20).fill([{ one: 1 }]))
  })

  test('outlive a change of the schema', async ({ assert, cleanup }) => {
    const user = await newcomer()
    const read = () => tenant.read(user.id, (reader) => reader.query('SELECT * FROM shapes'))
    await catalog('CREATE TABLE shapes AS SELECT 3 AS corners')
    cleanup(async () => {
      await catalog('DROP TABLE shapes')
    })
    await catalog(`GRANT SELECT ON shapes TO "${roles.app.user}"`)
    const before = await Promise.all(Array.from({ length: 20 }, read))

    await catalog(`ALTER TABLE shapes ADD COLUMN colour text DEFAULT 'red'`)
    const after = [await read(), ...(await Promise.all(Array.from({ length: 20 }, read)))]

    assert.deepEqual(before, new Array(20).fill([{ corners: 3 }]))
    assert.deepEqual(after, new Array(21).fill([{ corners: 3, colour: 'red' }]))
  })

  test('refuse a number that does not fit', async ({ assert }) => {
    const user = await newcomer()
    const read = () =>
      tenant.read(user.id, (reader) => reader.query('SELECT 9007199254740993::bigint AS n'))

    await assert.rejects(read, /safe integers/)
  })
})

test.group('Reads / without a session', () => {
  test('end as 401: {title}')
    .with([
      { title: 'a list', path: '/api/v1/transactions' },
      { title: 'one that is not there', path: `/api/v1/transactions/${crypto.randomUUID()}` },
      { title: 'a cached answer', path: '/api/v1/wallet/summary' },
      { title: 'an invalid question', path: '/api/v1/wallet/summary?from=yesterday' },
      { title: 'the profile', path: '/api/v1/users/me' },
    ])
    .run(async ({ client, assert }, { path }) => {
      const user = await newcomer()
      const { accessToken } = await signIn(client, user)
      const before = await client.get(path).bearerToken(accessToken)
      await client.post('/api/v1/auth/logout').bearerToken(accessToken)

      const after = await client.get(path).bearerToken(accessToken)

      assert.notEqual(before.status(), 401)
      after.assertStatus(401)
      assert.equal(after.body().code, 'Unauthenticated')
      assert.notProperty(after.headers(), 'etag')
    })
})
