import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { outbox } from '#core/database/outbox'
import { QueueManager } from '#core/queue/queue_manager'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'
import WriteLines from '#tests/support/jobs/write_lines'

test.group('Worker / Redis lost', (group) => {
  const queues = QueueFixture.setup(group)
  let redis: PrivateRedis

  group.each.setup(async () => {
    redis = new PrivateRedis()
    await redis.start()
    return () => redis.stop()
  })
  group.each.timeout(180_000)

  test('finishes once when flushed mid-job', async ({ assert, cleanup }) => {
    const running = await queues().row({ name: 'long', milliseconds: 8_000, secondsOld: 5 })
    const worker = new WorkerProcess({ redisPort: redis.port, silence: 3 })
    cleanup(() => worker.kill())
    await eventually(() => queues().hasStarted('long'), 20_000)

    await redis.flush()
    const after = await queues().row({ name: 'after', secondsOld: 5 })

    await eventually(() => queues().isFinished(after), 20_000)
    await eventually(() => queues().isFinished(running), 30_000)
    await sleep(3_000)
    assert.equal(await queues().linesOf('long', 'started'), 1)
    assert.equal(await queues().linesOf('long', 'finished'), 1)
    assert.isTrue(worker.isRunning)
  })

  test('sends waiting jobs again after a flush', async ({ assert, cleanup }) => {
    await queues().row({ name: 'first', milliseconds: 5_000, secondsOld: 60 })
    const waiting = await Promise.all(
      Array.from({ length: 10 }, (_, n) => queues().row({ name: `waiting-${n}`, secondsOld: 5 }))
    )
    const worker = new WorkerProcess({ redisPort: redis.port })
    cleanup(() => worker.kill())
    await eventually(() => queues().hasStarted('first'), 20_000)

    await redis.flush()

    for (const id of waiting) await eventually(() => queues().isFinished(id), 30_000)
    const lines = await queues().lines()
    const finished = lines.filter((line) => line.startsWith('waiting') && line.endsWith('finished'))
    assert.lengthOf(finished, 10)
  })

  test('survives a restart of Redis', async ({ assert, cleanup }) => {
    const running = await queues().row({ name: 'long', milliseconds: 6_000, secondsOld: 5 })
    const worker = new WorkerProcess({ redisPort: redis.port })
    cleanup(() => worker.kill())
    await eventually(() => queues().hasStarted('long'), 20_000)

    await redis.stop()
    await sleep(3_000)
    const meanwhile = await queues().row({ name: 'meanwhile' })
    await redis.start()

    await eventually(() => queues().isFinished(running), 30_000)
    await eventually(() => queues().isFinished(meanwhile), 10_000)
    assert.equal(await queues().linesOf('long', 'started'), 1)
    assert.equal(await queues().linesOf('meanwhile', 'finished'), 1)
  })

  test('starts before its Redis does', async ({ assert, cleanup }) => {
    await redis.stop()
    const id = await queues().row({ name: 'patient' })
    const worker = new WorkerProcess({ redisPort: redis.port })
    cleanup(() => worker.kill())
    await eventually(() => worker.log.includes('worker started'), 20_000)

    await redis.start()

    await eventually(() => queues().isFinished(id), 15_000)
    assert.equal(await queues().linesOf('patient', 'finished'), 1)
  })

  test('stops soon without Redis', async ({ assert, cleanup }) => {
    const worker = new WorkerProcess({ redisPort: redis.port })
    cleanup(() => worker.kill())
    await eventually(() => worker.log.includes('worker started'), 20_000)
    await redis.stop()
    await sleep(1_000)
    const startedAt = performance.now()

    const exitCode = await worker.stop('SIGTERM')

    assert.equal(exitCode, 0)
    assert.isBelow(performance.now() - startedAt, 8_000)
  })

  test('runs once what was enqueued without Redis', async ({ assert, cleanup }) => {
    const { port } = redis
    const connection = { host: '127.0.0.1', port }
    const manager = new QueueManager({ ...queues().config, connection }, logger)
    app.container.swap(QueueManager, () => manager)
    cleanup(() => manager.closeAll())
    await redis.stop()
    const payload = { file: queues().file, name: 'accepted' }
    const startedAt = performance.now()

    const id = await db.transaction((trx) => outbox.enqueue(WriteLines, payload, trx))
    const answered = performance.now() - startedAt
    await outbox.settled()
    await redis.start()
    const worker = new WorkerProcess({ redisPort: port })
    cleanup(() => worker.kill())

    await eventually(() => queues().isFinished(id), 20_000)
    await sleep(3_000)
    assert.isBelow(answered, 500)
    assert.equal(await queues().linesOf('accepted', 'started'), 1)
  })
})
