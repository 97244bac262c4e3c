import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { QueueInspector } from '#core/queue/inspector'
import { deadLetterQueue, queueNamed } from '#core/queue/queues'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'

test.group('Queue inspector', (group) => {
  const queues = QueueFixture.setup(group)
  const inspector = () => new QueueInspector(queues().manager)
  const add = async (name: string, options: object = {}) => {
    const queue = await queues().manager.open('notifications')
    return queue.add('write-lines', { file: queues().file, name }, options)
  }

  test('lets a paused queue wait', async ({ assert }) => {
    await inspector().pause('notifications')
    queues().startWorker()
    const id = await queues().row({ name: 'patient', secondsOld: 5 })
    await eventually(() => queues().isDispatched(id))

    const status = await inspector().status('notifications')
    const startedBefore = await queues().hasStarted('patient')
    await inspector().resume('notifications')

    assert.isFalse(startedBefore)
    assert.containsSubset(status, { isPaused: true, waiting: 1, workers: 1 })
    await eventually(() => queues().isFinished(id))
    const { isPaused } = await inspector().status('notifications')
    assert.isFalse(isPaused)
  })

  test('tells how long the oldest job waits', async ({ assert }) => {
    await add('old', { timestamp: Date.now() - 90_000 })
    await add('new')

    const { oldestWaitingSeconds, waiting } = await inspector().status('notifications')

    assert.equal(waiting, 2)
    assert.closeTo(oldestWaitingSeconds!, 90, 3)
  })

  test('tells how far a job is', async ({ assert }) => {
    const id = await queues().row({ name: 'long', steps: 3, milliseconds: 3_000, secondsOld: 5 })
    queues().startWorker()

    const job = await eventually(async () => {
      const [active] = await inspector().active('notifications')
      return active?.progress === 0.5 && active
    })

    assert.containsSubset(job, { id, job: 'write-lines' })
    assert.instanceOf((job as { startedAt: Date }).startedAt, Date)
  })

  test('tells what the outbox holds', async ({ assert }) => {
    await queues().row({ secondsOld: 60 })
    await queues().row({ secondsOld: 20, dispatchedSecondsAgo: 10 })
    await queues().row({ secondsOld: -60 })
    await queues().row({ queue: 'email' })
    await queues().failedRow({ daysAgo: 1 })

    const { lagSeconds, ...counts } = await inspector().outbox('notifications')
    const { open } = await inspector().outbox()

    assert.deepEqual(counts, { open: 3, unsent: 1, later: 1, failed: 1 })
    assert.closeTo(lagSeconds, 60, 2)
    assert.equal(open, 4)
  })

  test('throws away what waits, and no schedule', async ({ assert }) => {
    const queue = await queues().manager.open('notifications')
    await queue.upsertJobScheduler('tick', { pattern: '0 3 * * *' }, { name: 'write-lines' })
    await add('waiting')
    await add('later', { delay: 60_000 })

    const discarded = await inspector().discard('notifications')

    assert.equal(discarded, 2)
    assert.equal(await inspector().left('notifications'), 0)
    const [{ id, nextRunAt }] = await inspector().schedules()
    assert.equal(id, 'tick')
    assert.isAbove(nextRunAt!.getTime(), Date.now())
    assert.deepEqual(await queue.getJobCounts('delayed'), { delayed: 1 })
  })

  test('throws away what the outbox holds, but not what runs', async ({ assert }) => {
    const running = await queues().row({ name: 'long', milliseconds: 1_500, secondsOld: 5 })
    const worker = queues().startWorker()
    await eventually(() => queues().hasStarted('long'))
    await inspector().pause('notifications')
    const waiting = await queues().row({ secondsOld: 60 })
    const later = await queues().row({ secondsOld: -60 })
    const other = await queues().row({ queue: 'email' })

    const discarded = await inspector().discardOutbox('notifications')

    assert.deepEqual(discarded, { 'write-lines': 2 })
    for (const id of [waiting, later]) {
      assert.containsSubset(await queues().find(id), { finished_at: null, error: 'discarded' })
      assert.isTrue(await queues().isFailed(id))
    }
    for (const id of [running, other]) assert.isFalse(await queues().isFailed(id))
    await eventually(() => queues().isFinished(running))
    await worker.stop()
    const { failed } = await inspector().outbox('notifications')
    assert.equal(failed, 0)
    assert.isEmpty(await inspector().deadLetters('notifications'))
    assert.equal(await inspector().retryAll('notifications'), 0)
    assert.isTrue(await inspector().retry('notifications', waiting))
  })

  test('retries every dead letter there is', async ({ assert }) => {
    const ids = [
      await queues().row({ name: 'a', job: 'unknown-1', secondsOld: 5 }),
      await queues().row({ name: 'b', job: 'unknown-2', secondsOld: 5 }),
    ]
    const worker = queues().startWorker()
    for (const id of ids) await eventually(() => queues().isInState(id, 'unknown'))
    for (const id of ids) await eventually(() => queues().isFailed(id))
    await eventually(async () => (await inspector().left('notifications')) === 0)
    await worker.stop()

    const retried = await inspector().retryAll('notifications')

    assert.equal(retried, 2)
    assert.isEmpty(await inspector().deadLetters('notifications'))
    const { rows } = await db.rawQuery('SELECT failed_at FROM outbox')
    assert.deepEqual(rows, [{ failed_at: null }, { failed_at: null }])
    assert.equal(await inspector().left('notifications'), 2)
  })

  test('finds a dead letter by its job', async ({ assert }) => {
    const id = await queues().row({ job: 'unknown', secondsOld: 5 })
    queues().startWorker()
    await eventually(() => queues().isFailed(id))

    assert.isTrue(await inspector().retry('notifications', id))
    assert.isFalse(await inspector().retry('email', id))
  })

  test('knows dead letters that Redis forgot', async ({ assert }) => {
    const ids = [await queues().failedRow({ daysAgo: 1 }), await queues().failedRow({ daysAgo: 2 })]
    await queues().failedRow({ daysAgo: 1, queue: 'email' })

    const listed = await inspector().deadLetters('notifications')
    const total = await inspector().deadLetterCount('notifications')
    const isRetried = await inspector().retry('notifications', ids[0])
    const retried = await inspector().retryAll('notifications')

    assert.deepEqual(
      listed.map(({ jobId, error, attempts }) => ({ jobId, error, attempts })),
      ids.map((jobId) => ({ jobId, error: 'RangeError', attempts: null }))
    )
    assert.equal(total, 2)
    assert.deepEqual([isRetried, retried], [true, 1])
    for (const id of ids) {
      assert.isFalse(await queues().isFailed(id))
      assert.equal(await queues().jobState(id), 'waiting')
    }
    assert.equal(await inspector().deadLetterCount('notifications'), 0)
  })

  test('knows dead letters that have no row', async ({ assert }) => {
    const letters = await queues().manager.open(deadLetterQueue('notifications'))
    const letter = { queue: 'notifications', jobId: 'repeat:tick:1', payload: {}, attempts: 3 }
    const failedAt = new Date().toISOString()
    await letters.add('write-lines', { ...letter, error: 'no', failedAt }, { jobId: 'n-tick' })
    const id = await queues().failedRow({ daysAgo: 1 })

    const listed = await inspector().deadLetters('notifications')
    const [second] = await inspector().deadLetters('notifications', { offset: 1, limit: 1 })
    const retried = await inspector().retryAll('notifications')

    assert.deepEqual(
      listed.map(({ jobId }) => jobId),
      ['repeat:tick:1', id]
    )
    assert.equal(second.jobId, id)
    assert.equal(retried, 2)
    assert.equal(await queues().jobState('repeat_tick_1'), 'waiting')
  })

  test('finds a dead letter of a schedule by its job', async ({ assert }) => {
    const payload = { file: queues().file, name: 'tick', fails: true }
    const tick = { id: 'tick', cron: '* * * * * *', job: 'write-lines', payload }
    const worker = queues().startWorker([tick])
    const { jobId } = await eventually(async () => {
      const [letter] = await inspector().deadLetters('notifications')
      return letter!
    })
    await worker.stop()

    const isRetried = await inspector().retry('notifications', jobId)

    assert.match(jobId, /^repeat:tick:\d+$/)
    assert.isTrue(isRetried)
    assert.equal(await queues().jobState(jobId.replaceAll(':', '_')), 'waiting')
  })

  test('knows its queues', ({ assert }) => {
    assert.equal(queueNamed('csv-import'), 'csv-import')
    assert.throws(() => queueNamed('csv'), /there is no queue "csv": they are email, csv-import/)
  })
})
