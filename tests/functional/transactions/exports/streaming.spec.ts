import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { exportPatience } from '#config/ledger'
import { snapshotStream } from '#core/database/snapshot'
import { Download } from '#tests/support/download'
import { eventually } from '#tests/support/eventually'
import { household, newcomer } from '#tests/support/household'
import { clear, fill } from '#tests/support/ledger'
import { signIn } from '#tests/support/sign_in'
import { EXPORT } from '#tests/support/transaction_exports'
import { CsvExport } from '#transactions/domain/exports/csv_export'
import { TransactionExport } from '#transactions/queries/transaction_export'
import type User from '#users/models/user'

/** Longer as a file than what sockets hold, so that somebody has to read it. */
const ROWS = 100_000

const READING = `state <> 'idle' AND query LIKE 'FETCH%' AND datname = current_database()`

/** How many exports hold a snapshot. */
async function open(): Promise<number> {
  const { rows } = await db
    .connection('app')
    .rawQuery(`SELECT count(*)::int AS open FROM pg_stat_activity WHERE ${READING}`)
  return rows[0].open
}

/** An export that holds its snapshot and is not read. */
function unread({ id }: User) {
  const file = snapshotStream(id, (trx) => new TransactionExport().handle(trx, {}, new CsvExport()))
  return file.on('error', () => {})
}

test.group('Exports / streaming', (group) => {
  let user: User

  group.setup(async () => {
    const { checking, ...home } = await household({ checking: 0 })
    user = home.user
    await fill(user, checking.id, ROWS)
    return () => clear(user)
  })

  group.each.setup(() => {
    const { stalled } = exportPatience
    return () => {
      exportPatience.stalled = stalled
    }
  })

  async function download(client: ApiClient) {
    const { accessToken } = await signIn(client, user)
    return Download.open(EXPORT, accessToken)
  }

  test('sends 100,000 rows', async ({ client, assert }) => {
    let lines = 0

    const file = await download(client)
    const { isWhole } = await file.rest((chunk) => {
      for (const byte of chunk) if (byte === 10) lines++
    })

    assert.isTrue(isWhole)
    assert.equal(lines, ROWS + 1)
  }).timeout(60_000)

  test('holds no more than a few rows', async ({ assert }) => {
    let written = 0
    const file = snapshotStream(user.id, (trx) =>
      new TransactionExport().handle(trx, {}, new CsvExport(), (count) => (written += count))
    )
    file.on('error', () => {})

    await eventually(() => file.readableLength > 0)
    await sleep(200)
    const ahead = written
    const sizes: number[] = []
    for await (const chunk of file) sizes.push(chunk.length)

    assert.isAtMost(ahead, 4_000)
    assert.equal(written, ROWS)
    assert.isAbove(sizes.length, ROWS / 4_000)
    assert.isBelow(Math.max(...sizes), 200_000)
  })

  test('breaks off where it fails', async ({ client, assert }) => {
    const file = await download(client)
    await eventually(open)

    await db
      .connection('app')
      .rawQuery(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${READING}`)
    const { isWhole } = await file.rest()

    assert.equal(file.status, 200)
    assert.isFalse(isWhole)
  })

  test('ends with the client who leaves', async ({ client, assert }) => {
    const file = await download(client)
    await eventually(open)

    file.leave()

    await eventually(async () => (await open()) === 0)
    assert.equal(file.status, 200)
  })

  test('ends when nobody reads', async ({ client, assert }) => {
    exportPatience.stalled = 300
    const file = await download(client)
    await eventually(open)

    await eventually(async () => (await open()) === 0)
    const { isWhole } = await file.rest()
    assert.isFalse(isWhole)
  })

  test('comes twice at a time, no more', async ({ client, assert }) => {
    const slow = await Promise.all([download(client), download(client)])

    const refused = await client.get(EXPORT).loginAs(user)
    const other = await client.get(EXPORT).loginAs(await newcomer())
    slow.forEach((file) => file.leave())
    await eventually(async () => (await open()) === 0)
    const small = await client.get(EXPORT).qs({ q: 'nothing like it' }).loginAs(user)

    refused.assertStatus(429)
    assert.equal(refused.header('retry-after'), '5')
    assert.match(refused.body().detail, /At most 2 exports/)
    other.assertStatus(200)
    small.assertStatus(200)
  })

  test('keeps nobody waiting but exports', async ({ client, assert }) => {
    const slow = Array.from({ length: 5 }, () => unread(user))
    await eventually(async () => (await open()) === 5)

    const refused = await client.get(EXPORT).loginAs(user)
    const booked = await client
      .post('/api/v1/transactions/categories')
      .loginAs(user)
      .json({ name: 'Garden', kind: 'expense' })

    slow.forEach((file) => file.destroy())
    await eventually(async () => (await open()) === 0)
    refused.assertStatus(503)
    assert.equal(refused.header('retry-after'), '5')
    booked.assertStatus(201)
  })
})
