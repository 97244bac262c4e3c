import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { household } from '#tests/support/household'
import { LedgerGate } from '#tests/support/ledger_gate'
import {
  carryOut,
  changesOf,
  fillHistory,
  makeRule,
  requestRun,
  showRun,
} from '#tests/support/rules'
import { WorkerProcess } from '#tests/support/worker_process'

const ROWS = 5_000

test.group('Rule runs / faults', (group) => {
  let worker: WorkerProcess | undefined

  group.each.teardown(() => worker?.kill())

  test('survive a kill amid a chunk', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['ruled'] }] })
    const { id } = await requestRun(client, user, ruleId)
    const gate = await LedgerGate.close(user)

    worker = new WorkerProcess({ queue: 'csv-import' })
    await gate.somebodyWaits()
    await gate.letOnePass()
    await gate.closed()
    await gate.somebodyWaits()
    await gate.letOnePass()
    await sleep(30)
    await worker.kill()
    await gate.closed()
    const { status, counts } = await showRun(client, user, id)
    await gate.open()
    await carryOut(user, id)

    assert.equal(status, 'active')
    assert.oneOf(counts.changed, [2_000, 4_000])
    assert.containsSubset(await showRun(client, user, id), {
      status: 'completed',
      counts: { total: ROWS, matched: ROWS, changed: ROWS },
    })
    const changes = await changesOf(client, user, id)
    assert.lengthOf(new Set(changes.map(({ transactionId }) => transactionId)), ROWS)
    assert.isTrue(changes.every(({ after }) => after.tags.join() === 'ruled'))
  })
})
