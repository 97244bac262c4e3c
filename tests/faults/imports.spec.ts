import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import Import from '#transactions/models/import'
import { BANK_MAPPING, bankFile, sumBy } from '#tests/support/bank_file'
import { eventually } from '#tests/support/eventually'
import { balances, household } from '#tests/support/household'
import { show, upload } from '#tests/support/imports'
import { differencesOf, totalsOf } from '#tests/support/ledger'
import { LedgerGate } from '#tests/support/ledger_gate'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'

const ROWS = 50_000
const KILLS = 5

async function stateOf(id: string) {
  return system.transaction((trx) => Import.query({ client: trx }).where('id', id).firstOrFail())
}

async function isOver(id: string) {
  const state = await stateOf(id)
  return state.isOver
}

test.group('Imports / faults', (group) => {
  const redis = new PrivateRedis()
  let worker: WorkerProcess | undefined

  group.setup(() => redis.start())
  group.each.teardown(() => worker?.kill())
  group.teardown(() => redis.stop())

  function startWorker() {
    worker = new WorkerProcess({ queue: 'csv-import', redisPort: redis.port })
    return worker
  }

  test('survive five kills and a flush', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = bankFile(ROWS)
    const mapping = { ...BANK_MAPPING, createMissing: true }
    const uploaded = await upload(client, user, checking, file.csv, { mapping })
    const { id } = uploaded.body()
    const gate = await LedgerGate.close(user)

    for (let kill = 0; kill < KILLS; kill++) {
      const doomed = startWorker()
      await gate.somebodyWaits()
      await gate.letOnePass()
      await (kill % 2 === 0 ? sleep(30) : gate.closed())
      if (kill === 2) await redis.flush()
      await doomed.kill()
      await gate.closed()
      await gate.nobodyWaits()
    }
    const { status, processedRows } = await stateOf(id)
    await gate.open()
    startWorker()
    await eventually(() => isOver(id), 60_000)

    assert.equal(status, 'active')
    assert.isAbove(processedRows, 0)
    assert.isBelow(processedRows, ROWS)
    assert.containsSubset(await show(client, user, id), {
      status: 'completed',
      counts: { total: ROWS, imported: file.rows.length, duplicates: file.duplicates, rejected: 0 },
    })
    assert.deepEqual(await balances(user), {
      checking: 0,
      ...sumBy(file.rows, ({ account }) => account),
    })
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
    assert.deepEqual(await differencesOf(user), [])
  })
})
