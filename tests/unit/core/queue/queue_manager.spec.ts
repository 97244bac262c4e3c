import logger from '@adonisjs/core/services/logger'
import queue from '@rlanz/bull-queue/services/main'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { QueueManager } from '#core/queue/queue_manager'
import { QueueFixture } from '#tests/support/queues'
import WriteLines from '#tests/support/jobs/write_lines'

test.group('Queue manager', (group) => {
  const queues = QueueFixture.setup(group)
  const payload = () => ({ file: queues().file, name: 'job' })

  test('stands in for the stock manager', async ({ assert }) => {
    assert.instanceOf(queue, QueueManager)
  })

  test('dispatches under the name of the job', async ({ assert }) => {
    const job = await queues().manager.dispatch(WriteLines, payload())

    assert.equal(job.name, 'write-lines')
    assert.equal(job.queueName, 'notifications')
    assert.deepEqual(job.data, payload())
  })

  test('loads a lazily imported job', async ({ assert }) => {
    const lazy = () => import('#tests/support/jobs/write_lines')

    const job = await queues().manager.dispatch(lazy, payload(), { delay: 1_000 })

    assert.equal(job.name, 'write-lines')
    assert.equal(job.delay, 1_000)
  })

  test('tries three times with jitter', async ({ assert }) => {
    const job = await queues().manager.dispatch(WriteLines, payload())

    assert.equal(job.opts.attempts, 3)
    assert.containsSubset(job.opts.backoff, { type: 'exponential', jitter: 0.5 })
    assert.deepEqual(job.opts.removeOnComplete, { age: 86_400 })
  })

  test('keeps all keys in one slot', async ({ assert }) => {
    const opened = await queues().manager.open('notifications')

    assert.match(opened.toKey('wait'), /^\{[^}]+\}:notifications:wait$/)
  })

  test('fails at once when refused', async ({ assert, cleanup }) => {
    const connection = { host: '127.0.0.1', port: 1 }
    const manager = new QueueManager({ ...queues().config, connection }, logger)
    cleanup(() => manager.closeAll())
    const startedAt = performance.now()

    await assert.rejects(() => manager.dispatch(WriteLines, payload()))

    assert.isBelow(performance.now() - startedAt, 1_000)
  })

  test('fails within seconds when ignored', async ({ assert, cleanup }) => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const connection = { host: '127.0.0.1', port: (silent.address() as AddressInfo).port }
    const manager = new QueueManager({ ...queues().config, connection }, logger)
    cleanup(async () => {
      await manager.closeAll()
      silent.close()
    })
    const startedAt = performance.now()

    await assert.rejects(() => manager.dispatch(WriteLines, payload()))

    assert.isBelow(performance.now() - startedAt, 2_500)
  })
})
