import { test } from '@japa/runner'
import { ChainVerification } from '#core/audit/chain_verification'
import { system } from '#core/database/system'
import { BANK_MAPPING, bankFile } from '#tests/support/bank_file'
import { askForErasure, isGone } from '#tests/support/erasures'
import { eventually } from '#tests/support/eventually'
import { kept, uploaded } from '#tests/support/files'
import { household } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { differencesOf } from '#tests/support/ledger'
import { LedgerGate } from '#tests/support/ledger_gate'
import { WorkerProcess } from '#tests/support/worker_process'
import type User from '#users/models/user'

const ROWS = 50_000
const BATCH = 5_000
const KILLS = 3

async function booked(user: User) {
  const [{ rows }] = await system.transaction((trx) =>
    trx.from('transactions').where('user_id', user.id).count('* as rows')
  )
  return Number(rows)
}

async function hasNoBytes(user: User) {
  const names = [...(await kept(user, 'imports')), ...(await kept(user, 'files'))]
  return names.length === 0
}

/** Postgres notices that a client died once its connection has the lock it waited for. */
async function letTheDeadPass(gate: LedgerGate) {
  await gate.letOnePass()
  await gate.closed()
  await gate.nobodyWaits()
}

test.group('Erasure / faults', (group) => {
  let worker: WorkerProcess | undefined

  group.each.teardown(() => worker?.kill())

  function startWorker() {
    worker = new WorkerProcess({ queue: 'files' })
    return worker
  }

  test('survives three kills', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = { ...BANK_MAPPING, createMissing: true }
    await importFile(client, user, checking, bankFile(ROWS).csv, { mapping })
    await uploaded(client, user)
    const before = await booked(user)
    await askForErasure(client, user)
    const gate = await LedgerGate.close(user)

    const left: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const doomed = startWorker()
      await gate.somebodyWaits()
      await gate.letOnePass()
      await gate.closed()
      await gate.somebodyWaits()
      await doomed.kill()
      await letTheDeadPass(gate)
      left.push(await booked(user))
    }
    await gate.open()
    startWorker()
    await eventually(() => isGone(user), 90_000)
    await eventually(() => hasNoBytes(user), 30_000)

    assert.isAbove(left.at(-1)!, 0)
    assert.isBelow(left.at(-1)!, before)
    /** The gate's turn may have gone to the connection of one that was killed before. */
    for (const [kill, rows] of left.entries()) {
      assert.isAtMost(rows, kill === 0 ? before : left[kill - 1])
      assert.equal((before - rows) % BATCH, 0)
    }
    assert.deepEqual(await differencesOf(user), [])
    const { broken } = await new ChainVerification().handle()
    assert.deepEqual(
      broken.filter(({ userId }) => userId === user.id),
      []
    )
  })
})
