import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { outbox } from '#core/database/outbox'
import { OutboxRelay } from '#core/database/outbox_relay'
import { eventually } from '#tests/support/eventually'
import WriteLines from '#tests/support/jobs/write_lines'
import { QueueFixture } from '#tests/support/queues'

test.group('Outbox / relay', (group) => {
  const queues = QueueFixture.setup(group)
  const keptSince = async (seconds: number | null) => {
    const queue = await queues().manager.open('notifications')
    const redis = await queue.client
    const key = `${queues().config.prefix}:kept-since`
    await (seconds === null ? redis.del(key) : redis.set(key, seconds))
  }
  const relay = () => new OutboxRelay(queues().manager, queues().config.outbox)

  test('sends rows nobody sent', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 5 })

    await relay().relay()

    assert.equal(await queues().jobState(id), 'waiting')
    assert.isTrue(await queues().isDispatched(id))
  })

  test('leaves young rows to their sender', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 0 })

    await relay().relay()

    assert.equal(await queues().jobState(id), 'unknown')
  })

  test('waits until a job is due', async ({ assert }) => {
    const id = await db.transaction((trx) =>
      outbox.enqueue(WriteLines, { file: queues().file, name: 'job' }, trx, { delaySeconds: 30 })
    )
    await db.rawQuery(`UPDATE outbox SET created_at = now() - interval '20 seconds'`)
    await relay().relay()
    const early = await queues().jobState(id)

    await db.rawQuery('UPDATE outbox SET available_at = now()')
    await relay().relay()

    assert.equal(early, 'unknown')
    assert.equal(await queues().jobState(id), 'waiting')
  })

  test('sends lost jobs again', async ({ assert }) => {
    const lost = await queues().row({ secondsOld: 60, dispatchedSecondsAgo: 20 })
    const recent = await queues().row({ secondsOld: 60, dispatchedSecondsAgo: 5 })

    await relay().relay()

    assert.equal(await queues().jobState(lost), 'waiting')
    assert.equal(await queues().jobState(recent), 'unknown')
  })

  test('does not double waiting jobs', async ({ assert }) => {
    await queues().row({ secondsOld: 60 })
    await relay().relay()
    await db.rawQuery(`UPDATE outbox SET dispatched_at = now() - interval '20 seconds'`)

    await relay().relay()

    const queue = await queues().manager.open('notifications')
    assert.equal(await queue.count(), 1)
  })

  test('lets jobs of a paused queue wait', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 3_600, dispatchedSecondsAgo: 60 })
    await keptSince(1)
    const before = await queues().find(id)

    await relay().relay()

    assert.deepEqual(await queues().find(id), before)
    await db.rawQuery(`UPDATE outbox SET dispatched_at = now() - interval '301 seconds'`)
    await relay().relay()
    assert.equal(await queues().jobState(id), 'waiting')
  })

  test('sends all again when Redis was wiped', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 3_600, dispatchedSecondsAgo: 60 })
    await keptSince(null)

    await relay().relay()

    assert.equal(await queues().jobState(id), 'waiting')
  })

  test('runs again what Postgres forgot', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 60 })
    const worker = queues().startWorker()
    await eventually(() => queues().isInState(id, 'completed'))
    await worker.stop()
    await db.rawQuery(
      `UPDATE outbox SET finished_at = NULL, dispatched_at = now() - interval '20 seconds'`
    )

    await relay().relay()

    assert.equal(await queues().jobState(id), 'waiting')
  })

  test('sends more than one batch', async ({ assert }) => {
    const { manager, config } = queues()
    for (let count = 0; count < 7; count++) await queues().row({ secondsOld: 5 })

    await new OutboxRelay(manager, { ...config.outbox, batch: 3 }).relay()

    const queue = await manager.open('notifications')
    assert.equal(await queue.count(), 7)
  })

  test('shares rows with other relays', async ({ assert }) => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => queues().row({ secondsOld: 5 })))

    await Promise.all([relay().relay(), relay().relay(), relay().relay()])

    const queue = await queues().manager.open('notifications')
    assert.equal(await queue.count(), ids.length)
  })

  test('prunes rows finished a week ago', async ({ assert }) => {
    const old = await queues().row()
    const fresh = await queues().row()
    await db.rawQuery(
      `UPDATE outbox SET finished_at = now() - CASE WHEN id = ? THEN 8 ELSE 6 END * interval '1 day'`,
      [old]
    )

    await relay().prune()

    assert.isUndefined(await queues().find(old))
    assert.exists(await queues().find(fresh))
  })

  test('prunes rows failed a month ago', async ({ assert }) => {
    const old = await queues().failedRow({ daysAgo: 31 })
    const fresh = await queues().failedRow({ daysAgo: 29 })

    await relay().prune()

    assert.isUndefined(await queues().find(old))
    assert.exists(await queues().find(fresh))
  })
})
