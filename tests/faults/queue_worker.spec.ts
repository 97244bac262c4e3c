import { test } from '@japa/runner'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'
import { WorkerProcess } from '#tests/support/worker_process'

test.group('Worker / killed', (group) => {
  const queues = QueueFixture.setup(group)
  group.each.timeout(180_000)

  test('resumes within 30 seconds', async ({ assert, cleanup }) => {
    const { lockDuration } = queues().config.worker
    const silence = lockDuration / 1_000
    const id = await queues().row({ name: 'import', milliseconds: 2_000, secondsOld: 5 })
    let worker = new WorkerProcess({ silence })
    cleanup(() => worker.kill())
    await eventually(() => queues().hasStarted('import'), 30_000)

    await worker.kill()
    worker = new WorkerProcess({ silence })

    await eventually(async () => (await queues().linesOf('import', 'started')) === 2, 30_000)
    await eventually(() => queues().isFinished(id))
    assert.equal(await queues().linesOf('import', 'finished'), 1)
  })

  test('resumes after each of five kills', async ({ assert, cleanup }) => {
    const id = await queues().row({ name: 'import', milliseconds: 2_000, secondsOld: 5 })
    let worker = new WorkerProcess()
    cleanup(() => worker.kill())

    for (let kills = 1; kills <= 5; kills++) {
      await eventually(async () => {
        const starts = await queues().linesOf('import', 'started')
        return starts === kills
      }, 30_000)
      await worker.kill()
      worker = new WorkerProcess()
    }

    await eventually(() => queues().isFinished(id), 35_000)
    assert.equal(await queues().linesOf('import', 'started'), 6)
    assert.equal(await queues().linesOf('import', 'finished'), 1)
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`finishes its job after ${signal}`, async ({ assert, cleanup }) => {
      const id = await queues().row({ name: 'running', milliseconds: 3_000, secondsOld: 5 })
      const worker = new WorkerProcess()
      cleanup(() => worker.kill())
      await eventually(() => queues().hasStarted('running'), 20_000)

      const exitCode = await worker.stop(signal)

      assert.equal(exitCode, 0)
      assert.isTrue(await queues().isFinished(id))
      assert.equal(await queues().linesOf('running', 'finished'), 1)
    })
  }

  test('logs each job as a line', async ({ assert, cleanup }) => {
    const id = await queues().row({ name: 'logged', secondsOld: 5 })
    const worker = new WorkerProcess()
    cleanup(() => worker.kill())

    await eventually(() => worker.log.includes('job finished'), 20_000)

    const entries = worker.log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const finished = entries.find((entry) => entry.msg === 'job finished')
    const job = { queue: 'notifications', job: 'write-lines', jobId: id, attempt: 1 }
    assert.containsSubset(finished, job)
    assert.isNumber(finished.durationMs)
  })

  test('refuses queues that do not exist', async ({ assert }) => {
    const worker = new WorkerProcess({ queue: 'nonsense' })

    const exitCode = await worker.exit()

    assert.equal(exitCode, 1)
  })
})
