import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { outbox } from '#core/database/outbox'
import { QueueManager } from '#core/queue/queue_manager'
import { QueueFixture } from '#tests/support/queues'
import WriteLines from '#tests/support/jobs/write_lines'

test.group('Outbox', (group) => {
  const queues = QueueFixture.setup(group)
  const payload = () => ({ file: queues().file, name: 'job' })

  test('sends a job after commit', async ({ assert }) => {
    const trx = await db.transaction()
    const id = await outbox.enqueue(WriteLines, payload(), trx)
    const before = await queues().jobState(id)

    await trx.commit()
    await outbox.settled()

    assert.equal(before, 'unknown')
    assert.equal(await queues().jobState(id), 'waiting')
    assert.isTrue(await queues().isDispatched(id))
  })

  test('takes many jobs in one statement', async ({ assert, cleanup }) => {
    let statements = 0
    const trx = await db.transaction()
    cleanup(() => void (trx.isCompleted || trx.rollback()))
    trx.knexClient.on('query', () => statements++)
    const ids = await outbox.enqueueAll(
      ['a', 'b', 'c'].map((name) => [WriteLines, { ...payload(), name }]),
      trx
    )
    const none = await outbox.enqueueAll([], trx)
    await trx.commit()
    await outbox.settled()

    assert.isEmpty(none)
    assert.equal(statements, 2)
    const queue = await queues().manager.open('notifications')
    const jobs = await Promise.all(ids.map((id) => queue.getJob(id)))
    assert.deepEqual(
      jobs.map((job) => job!.data.name),
      ['a', 'b', 'c']
    )
    for (const id of ids) assert.isTrue(await queues().isDispatched(id))
  })

  test('sends nothing after a rollback', async ({ assert }) => {
    const trx = await db.transaction()
    const id = await outbox.enqueue(WriteLines, payload(), trx)

    await trx.rollback()
    await outbox.settled()

    assert.equal(await queues().jobState(id), 'unknown')
    assert.isUndefined(await queues().find(id))
  })

  test('waits for the outermost commit', async ({ assert }) => {
    const outer = await db.transaction()
    const id = await outer.transaction((inner) => outbox.enqueue(WriteLines, payload(), inner))
    await outbox.settled()
    const atSavepoint = await queues().jobState(id)

    await outer.commit()
    await outbox.settled()

    assert.equal(atSavepoint, 'unknown')
    assert.equal(await queues().jobState(id), 'waiting')
  })

  test('forgets a rolled back savepoint', async ({ assert }) => {
    const outer = await db.transaction()
    const kept = await outbox.enqueue(WriteLines, payload(), outer)
    const savepoint = await outer.transaction()
    const dropped = await outbox.enqueue(WriteLines, payload(), savepoint)

    await savepoint.rollback()
    await outer.commit()
    await outbox.settled()

    assert.equal(await queues().jobState(kept), 'waiting')
    assert.equal(await queues().jobState(dropped), 'unknown')
  })

  test('commits at once without Redis', async ({ assert, cleanup }) => {
    const nowhere = { ...queues().config, connection: { host: '127.0.0.1', port: 1 } }
    const manager = new QueueManager(nowhere, logger)
    cleanup(() => manager.closeAll())
    app.container.swap(QueueManager, () => manager)
    const startedAt = performance.now()

    const id = await db.transaction((trx) => outbox.enqueue(WriteLines, payload(), trx))
    const answered = performance.now() - startedAt
    await outbox.settled()

    assert.isBelow(answered, 500)
    assert.isFalse(await queues().isDispatched(id))
  })

  test('leaves delayed jobs to the relay', async ({ assert }) => {
    const later = { delaySeconds: 60 }

    const id = await db.transaction((trx) => outbox.enqueue(WriteLines, payload(), trx, later))
    await outbox.settled()

    assert.equal(await queues().jobState(id), 'unknown')
    assert.isFalse(await queues().isDispatched(id))
  })
})
