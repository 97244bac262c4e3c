import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { exportPatience } from '#config/ledger'
import { snapshotStream } from '#core/database/snapshot'
import { Download } from '#tests/support/download'
import { eventually } from '#tests/support/eventually'
import { household } from '#tests/support/household'
import { fill } from '#tests/support/ledger'
import { signIn } from '#tests/support/sign_in'
import { EXPORT } from '#tests/support/transaction_exports'
import { CsvExport } from '#transactions/domain/exports/csv_export'
import { TransactionExport } from '#transactions/queries/transaction_export'

const ROWS = 100_000

/** Longer than what sockets hold, so that somebody has to read it. */
const LONG = 60_000

const READING = `state <> 'idle' AND query LIKE 'FETCH%' AND datname = current_database()`

/** How many exports hold a snapshot. */
async function open(): Promise<number> {
  const { rows } = await db
    .connection('app')
    .rawQuery(`SELECT count(*)::int AS open FROM pg_stat_activity WHERE ${READING}`)
  return rows[0].open
}

async function longLedger(client: ApiClient, rows = LONG) {
  const { user, checking } = await household({ checking: 0 })
  await fill(user, checking.id, rows)
  const { accessToken } = await signIn(client, user)
  return { user, accessToken }
}

test.group('Exports / streaming', (group) => {
  group.each.setup(() => {
    const { stalled } = exportPatience
    return () => {
      exportPatience.stalled = stalled
    }
  })

  test('sends 100,000 rows', async ({ client, assert }) => {
    const { accessToken } = await longLedger(client, ROWS)
    let lines = 0

    const download = await Download.open(EXPORT, accessToken)
    const { isWhole } = await download.rest((chunk) => {
      for (const byte of chunk) if (byte === 10) lines++
    })

    assert.isTrue(isWhole)
    assert.equal(lines, ROWS + 1)
  }).timeout(60_000)

  test('holds no more than a few rows', async ({ client, assert }) => {
    const { user } = await longLedger(client)
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
    assert.equal(written, LONG)
    assert.isAbove(sizes.length, LONG / 4_000)
    assert.isBelow(Math.max(...sizes), 100_000)
  })

  test('breaks off where it fails', async ({ client, assert }) => {
    const { accessToken } = await longLedger(client)
    const download = await Download.open(EXPORT, accessToken)
    await eventually(open)

    await db
      .connection('app')
      .rawQuery(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${READING}`)
    const { isWhole } = await download.rest()

    assert.equal(download.status, 200)
    assert.isFalse(isWhole)
  })

  test('ends with the client who leaves', async ({ client, assert }) => {
    const { accessToken } = await longLedger(client)
    const download = await Download.open(EXPORT, accessToken)
    await eventually(open)

    download.leave()

    await eventually(async () => (await open()) === 0)
    assert.equal(download.status, 200)
  })

  test('ends when nobody reads', async ({ client, assert }) => {
    exportPatience.stalled = 300
    const { accessToken } = await longLedger(client)

    const download = await Download.open(EXPORT, accessToken)

    await eventually(async () => (await open()) === 0)
    const { isWhole } = await download.rest()
    assert.isFalse(isWhole)
  })

  test('keeps nobody waiting but exports', async ({ client, assert }) => {
    const { user, accessToken } = await longLedger(client)
    const slow = await Promise.all(
      Array.from({ length: 5 }, () => Download.open(EXPORT, accessToken))
    )

    const refused = await client.get(EXPORT).loginAs(user)
    const booked = await client
      .post('/api/v1/transactions/categories')
      .loginAs(user)
      .json({ name: 'Garden', kind: 'expense' })

    slow.forEach((download) => download.leave())
    await eventually(async () => (await open()) === 0)
    refused.assertStatus(503)
    assert.equal(refused.header('retry-after'), '5')
    booked.assertStatus(201)
  })
})
