import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { system } from '#core/database/system'
import ForgetExpiredFiles from '#files/actions/forget_expired_files'
import RequestExport from '#files/actions/request_export'
import { exportOf, gather, rowsIn, unzip } from '#tests/support/exports'
import { kept, PATH, PDF, uploaded } from '#tests/support/files'
import { newcomer, record } from '#tests/support/household'
import { resident, STATEMENT } from '#tests/support/resident'
import type User from '#users/models/user'

const EXPORT = '/api/v1/users/me/export'

async function requested(client: ApiClient, user: User) {
  const response = await client.post(EXPORT).loginAs(user)
  response.assertStatus(202)
  return response.body()
}

async function completed(client: ApiClient, user: User) {
  const { id } = await requested(client, user)
  await gather(user, id)
  const shown = await client.get(`${EXPORT}s/${id}`).loginAs(user)
  return shown.body()
}

test.group('Exports / request', () => {
  test('arrives among the files', async ({ client, assert }) => {
    const { user } = await resident(client)
    const pending = await requested(client, user)

    await gather(user, pending.id)

    const shown = await client.get(`${EXPORT}s/${pending.id}`).loginAs(user)
    const file = await client.get(`${PATH}/${shown.body().fileId}`).loginAs(user)
    const days = (Date.parse(shown.body().expiresAt) - Date.now()) / 86_400_000
    assert.containsSubset(pending, { status: 'pending', fileId: null, finishedAt: null })
    assert.equal(shown.body().status, 'completed')
    assert.closeTo(days, 7, 0.1)
    assert.match(file.body().name, /^finora-export-\d{4}-\d{2}-\d{2}\.zip$/)
    assert.equal(file.body().mimeType, 'application/zip')
  })

  test('is made once at a time', async ({ client, assert }) => {
    const user = await newcomer()

    const asked = await Promise.all([1, 2, 3, 4].map(() => requested(client, user)))
    await gather(user, asked[0].id)
    const next = await requested(client, user)

    assert.lengthOf(new Set(asked.map(({ id }) => id)), 1)
    assert.notEqual(next.id, asked[0].id)
  })

  test('is kept once, though gathered twice', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await requested(client, user)

    await Promise.all([gather(user, id), gather(user, id)])
    await gather(user, id)

    assert.lengthOf(await kept(user), 1)
    const listed = await client.get(PATH).loginAs(user)
    assert.lengthOf(listed.body().data, 1)
  })

  test('repeats its answer under one key', async ({ client, assert }) => {
    const user = await newcomer()
    const post = () => client.post(EXPORT).loginAs(user).header('idempotency-key', 'mine')

    const first = await post()
    await gather(user, first.body().id)
    const again = await post()

    assert.deepEqual(again.body(), first.body())
    assert.equal(again.header('idempotency-replayed'), 'true')
  })

  test("hides another user's", async ({ client, assert }) => {
    const [owner, stranger] = [await newcomer(), await newcomer()]
    const { id, fileId } = await completed(client, owner)

    const responses = [
      await client.get(`${EXPORT}s/${id}`).loginAs(stranger),
      await client.get(`${EXPORT}s/${randomUUIDv7()}`).loginAs(stranger),
      await client.get(`${PATH}/${fileId}/download`).loginAs(stranger),
    ]
    const listed = await client.get(`${EXPORT}s`).loginAs(stranger)

    for (const response of responses) response.assertStatus(404)
    assert.deepEqual(listed.body().data, [])
  })

  test('asks for a sign-in', async ({ client }) => {
    const responses = [
      await client.post(EXPORT),
      await client.get(`${EXPORT}s`),
      await client.get(`${EXPORT}s/${randomUUIDv7()}`),
    ]

    for (const response of responses) response.assertStatus(401)
  })

  test('expires with its bytes', async ({ client, assert }) => {
    const user = await newcomer()
    const own = await uploaded(client, user)
    const { id, fileId } = await completed(client, user)
    await system.transaction((trx) =>
      trx.rawQuery(`UPDATE files SET expires_at = now() - interval '1 second' WHERE id = ?`, [
        fileId,
      ])
    )

    await new ForgetExpiredFiles().handle()

    const shown = await client.get(`${EXPORT}s/${id}`).loginAs(user)
    const gone = await client.get(`${PATH}/${fileId}`).loginAs(user)
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT payload FROM outbox WHERE job = 'delete-bytes' AND payload->>'key' LIKE ?`,
        [`files/${user.id}/%`]
      )
    )
    assert.containsSubset(shown.body(), { status: 'completed', fileId: null })
    gone.assertStatus(404)
    assert.lengthOf(rows, 1)
    const stays = await client.get(`${PATH}/${own}`).loginAs(user)
    stays.assertStatus(200)
  })
})

test.group('Exports / content', () => {
  test('holds everything there is', async ({ client, assert }) => {
    const { user, checking, bought, imported, fileId } = await resident(client)

    const contents = await unzip(await exportOf(user))

    assert.containsSubset(rowsIn(contents, 'profile'), [{ id: user.id, email: user.email }])
    assert.containsSubset(rowsIn(contents, 'accounts'), [
      { id: checking.id, openingBalance: 500_00, currency: 'EUR' },
    ])
    assert.containsSubset(rowsIn(contents, 'transactions'), [
      { id: bought.id, amount: -12_99, tags: ['holiday', 'with, comma'], notes: 'two\nlines' },
    ])
    assert.containsSubset(rowsIn(contents, 'splits'), [
      { transactionId: bought.id, position: 0, amount: -10_00 },
      { transactionId: bought.id, position: 1, amount: -2_99 },
    ])
    assert.containsSubset(rowsIn(contents, 'import_rows'), [
      { importId: imported.id, number: 1, verdict: 'imported' },
      { importId: imported.id, number: 2, verdict: 'rejected', raw: '2026-01-02,Shop,no amount' },
    ])
    assert.isNotEmpty(rowsIn(contents, 'categories'))
    assert.isNotEmpty(rowsIn(contents, 'sessions'))
    assert.containsSubset(rowsIn(contents, 'audit_log'), [{ action: 'user.registered' }])
    assert.equal(contents[`imports/${imported.id}/bank.csv`].toString(), STATEMENT)
    assert.isTrue(PDF.equals(contents[`files/${fileId}/receipt.pdf`]))
  })

  test('says what its columns mean', async ({ client, assert }) => {
    const { user } = await resident(client)

    const { 'README.txt': readme, ...contents } = await unzip(await exportOf(user))

    const text = readme.toString('utf8')
    for (const path of Object.keys(contents).filter((name) => name.endsWith('.csv'))) {
      if (!path.startsWith('data/')) continue
      assert.include(text, path.replace('.csv', ''))
      const [header] = contents[path].toString('utf8').split('\r\n')
      for (const column of header.split(',')) assert.match(text, new RegExp(`^  ${column} `, 'm'))
    }
    assert.include(text, 'minor unit')
  })

  test('runs no formulas in spreadsheets', async ({ client, assert }) => {
    const { user } = await resident(client)

    const contents = await unzip(await exportOf(user))

    const csv = contents['data/transactions.csv'].toString('utf8')
    assert.include(csv, `"'=HYPERLINK(""http://evil.example"")"`)
    assert.include(csv, ',-1299,EUR,')
    assert.include(contents['data/transactions.json'].toString('utf8'), '"=HYPERLINK(')
  })

  test('holds no secrets', async ({ client, assert }) => {
    const { user } = await resident(client)
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT password AS secret FROM users WHERE id = :id
         UNION ALL SELECT encode(refresh_token_hash, 'hex') FROM sessions WHERE user_id = :id
         UNION ALL SELECT encode(refresh_token_hash, 'base64') FROM sessions WHERE user_id = :id`,
        { id: user.id }
      )
    )

    const contents = await unzip(await exportOf(user))

    const all = Buffer.concat(Object.values(contents)).toString('latin1')
    assert.isAbove(rows.length, 2)
    for (const { secret } of rows) assert.isFalse(all.includes(secret))
  })

  test('is the same bytes when nothing changed', async ({ client, assert }) => {
    const [{ user }, other] = [await resident(client), await resident(client)]

    const before = await exportOf(user)
    const { id } = await requested(client, other.user)
    await gather(other.user, id)
    await record(other.user, { accountId: other.checking.id, amount: -1 })
    const after = await exportOf(user)

    assert.isTrue(before.equals(after))
  })

  test('is not changed by exports themselves', async ({ client, assert }) => {
    const user = await newcomer()
    const first = await completed(client, user)
    const before = await exportOf(user)

    await gather(user, first.id)
    const next = await new RequestExport().handle({ actor: user })
    await gather(user, next.id)

    assert.isTrue(before.equals(await exportOf(user)))
  })

  test('is one moment, whoever writes meanwhile', async ({ client, assert }) => {
    const { user, checking } = await resident(client)
    let isOver = false
    const writing = (async () => {
      while (!isOver) {
        await record(user, { accountId: checking.id, amount: -1, payee: 'Meanwhile' })
      }
    })()

    const contents = await unzip(await exportOf(user))
    isOver = true
    await writing

    const booked = rowsIn(contents, 'transactions').length
    const recorded = rowsIn(contents, 'audit_log').filter(
      ({ action }: { action: string }) => action === 'transaction.recorded'
    ).length
    const lines = contents['data/transactions.csv'].toString('utf8').split('Meanwhile').length - 1
    const meanwhile = rowsIn(contents, 'transactions').filter(
      ({ payee }: { payee: string }) => payee === 'Meanwhile'
    ).length
    assert.equal(lines, meanwhile)
    assert.equal(recorded - meanwhile, 1)
    assert.isAbove(booked, meanwhile)
  })
})
