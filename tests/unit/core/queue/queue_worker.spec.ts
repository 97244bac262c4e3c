import db from '@adonisjs/lucid/services/db'
import { QueueEvents, Worker } from 'bullmq'
import { test } from '@japa/runner'
import { Job } from '#core/queue/job'
import { QueueInspector } from '#core/queue/inspector'
import { Unavailable } from '#core/queue/unavailable'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'

test.group('Queue worker', (group) => {
  const queues = QueueFixture.setup(group)
  const inspector = () => new QueueInspector(queues().manager)
  const deadLetters = () => inspector().deadLetters('notifications')
  const firstLetter = () =>
    eventually(async () => {
      const [letter] = await deadLetters()
      return letter!
    })

  test('finishes the row of a job', async ({ assert }) => {
    const id = await queues().row({ name: 'one', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFinished(id))
    assert.isFalse(await queues().isFailed(id))
    assert.equal(await queues().linesOf('one', 'finished'), 1)
  })

  test('leaves a finished job alone', async ({ assert }) => {
    const id = await queues().row({ name: 'done', secondsOld: 5 })
    await db.rawQuery('UPDATE outbox SET finished_at = now()')
    const payload = { file: queues().file, name: 'done' }
    await queues().manager.deliver([{ id, job: 'write-lines', queue: 'notifications', payload }])

    queues().startWorker()

    await eventually(() => queues().isInState(id, 'completed'))
    assert.isEmpty(await queues().lines())
  })

  test('leaves finished jobs alone in a busy queue', async ({ assert }) => {
    const names = Array.from({ length: 400 }, (_, n) => `job-${n}`)
    const ids = await Promise.all(names.map((name) => queues().row({ name })))
    await db.rawQuery(
      'UPDATE outbox SET dispatched_at = now(), finished_at = now() WHERE id = ANY(?)',
      [ids.filter((_, n) => n % 2 === 1)]
    )
    await queues().manager.deliver(
      ids.map((id, n) => {
        const payload = { file: queues().file, name: names[n] }
        return { id, job: 'write-lines', queue: 'notifications', payload }
      })
    )

    queues().startWorker()

    const queue = await queues().manager.open('notifications')
    await eventually(async () => (await queue.getCompletedCount()) === 400, 8_000)
    const lines = await queues().lines()
    const ran = lines.filter((line) => line.endsWith('finished')).map((line) => line.split(' ')[0])
    assert.sameMembers(
      ran,
      names.filter((_, n) => n % 2 === 0)
    )
  })

  test('waits at its end until Postgres knows', async ({ assert }) => {
    const id = await queues().row({ name: 'noted', milliseconds: 400, secondsOld: 5 })
    const worker = queues().startWorker()
    await eventually(() => queues().hasStarted('noted'))
    const held = await db.connection('system').transaction()
    await held.rawQuery('SELECT 1 FROM outbox WHERE id = ? FOR UPDATE', [id])
    await eventually(() => queues().isInState(id, 'completed'))
    const before = await queues().isFinished(id)
    setTimeout(() => held.rollback(), 500)

    const isDrained = await worker.stop()

    assert.isFalse(before)
    assert.isTrue(isDrained)
    assert.isTrue(await queues().isFinished(id))
  })

  test('buries a job after three attempts', async ({ assert }) => {
    const id = await queues().row({ name: 'bad', fails: true, secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFailed(id))
    const [letter] = await deadLetters()
    assert.equal(await queues().linesOf('bad', 'started'), 3)
    assert.equal(await queues().linesOf('bad', 'rescued from RangeError'), 1)
    assert.equal(await queues().errorOf(id), 'RangeError')
    assert.containsSubset(letter, { jobId: id, job: 'write-lines', attempts: 3 })
    assert.notMatch(letter!.id, /:/)
    await eventually(() => queues().isInState(id, 'unknown'))
  })

  test('tells Redis nothing that an error quotes', async ({ assert }) => {
    class Telltale extends Job {
      static override readonly jobName = 'telltale'
      static override readonly queue = 'notifications'

      override async handle() {
        await db.rawQuery(`SELECT ?::text::date, 'ada@example.com'`, ['Ada Lovelace'])
      }
    }
    queues().config.jobs = { telltale: async () => ({ default: Telltale }) }
    const queue = await queues().manager.open('notifications')
    const kept: string[] = []
    const events = new QueueEvents('notifications', {
      connection: { ...queues().config.connection },
      prefix: queues().config.prefix,
    })
    await events.waitUntilReady()
    events.on('failed', ({ failedReason }) => kept.push(failedReason))
    await queue.add('telltale', {}, { jobId: 'quoting', attempts: 2 })

    queues().startWorker()

    const letter = await firstLetter()
    const stillKept = await eventually(() => kept.length > 0 && kept)
    await events.close()
    assert.equal(letter.error, 'SQLSTATE 22007')
    assert.notMatch(JSON.stringify([letter, stillKept]), /Ada|ada@/)
  })

  test('tells Redis no trace that quotes', async ({ assert }) => {
    queues().config.queues.notifications.backoff = { type: 'fixed', delay: 60_000 }
    const id = await queues().row({ name: 'ada@example.com', fails: true, secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isInState(id, 'delayed'))
    const queue = await queues().manager.open('notifications')
    const { failedReason, stacktrace } = (await queue.getJob(id))!
    assert.equal(failedReason, '… fails')
    assert.match(stacktrace![0], /^RangeError: … fails\n +at .*write_lines/)
  })

  test('buries unknown jobs at once', async ({ assert }) => {
    const id = await queues().row({ job: 'never-heard-of', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFailed(id))
    assert.containsSubset(await firstLetter(), { attempts: 1 })
  })

  test('fails jobs that cannot be made', async ({ assert }) => {
    class Unmakeable extends Job {
      static override readonly jobName = 'unmakeable'
      static override readonly queue = 'notifications'

      constructor() {
        super()
        throw new TypeError('cannot be made')
      }

      override async handle() {}
    }
    queues().config.jobs = { unmakeable: async () => ({ default: Unmakeable }) }
    const id = await queues().row({ job: 'unmakeable', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFailed(id))
    assert.equal(await queues().errorOf(id), 'TypeError')
    assert.containsSubset(await firstLetter(), { attempts: 3 })
  })

  test('waits for what is away', async ({ assert }) => {
    let tries = 0
    class Caller extends Job {
      static override readonly jobName = 'caller'
      static override readonly queue = 'notifications'

      override async handle() {
        tries++
        if (tries < 6) throw new Unavailable('The other side', new Error('ECONNREFUSED'))
      }
    }
    queues().config.worker.postponement = 50
    queues().config.jobs = { caller: async () => ({ default: Caller }) }
    const id = await queues().row({ job: 'caller', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFinished(id))
    assert.equal(tries, 6)
    assert.isEmpty(await deadLetters())
  })

  test('tries a throwing rescue again', async ({ assert }) => {
    let rescues = 0
    class Stubborn extends Job {
      static override readonly jobName = 'stubborn'
      static override readonly queue = 'notifications'

      override async handle() {
        throw new RangeError('no')
      }

      override async rescue() {
        rescues++
        if (rescues < 3) throw new Error('not yet')
      }
    }
    queues().config.jobs = { stubborn: async () => ({ default: Stubborn }) }
    const id = await queues().row({ job: 'stubborn', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFailed(id))
    assert.equal(rescues, 3)
    assert.equal(await queues().errorOf(id), 'RangeError')
  })

  test('buries what a crash left failed', async ({ assert }) => {
    const { manager, config } = queues()
    const id = await queues().row({ name: 'left', dispatchedSecondsAgo: 0 })
    const payload = { file: queues().file, name: 'left' }
    const queue = await manager.open('notifications')
    await queue.add('write-lines', payload, { jobId: id, attempts: 1 })
    const crashing = new Worker(
      'notifications',
      async () => {
        throw new SyntaxError('died before the burial')
      },
      { connection: config.connection, prefix: config.prefix }
    )
    await eventually(() => queues().isInState(id, 'failed'))
    await crashing.close()

    queues().startWorker()

    await eventually(() => queues().isFailed(id))
    assert.equal(await queues().errorOf(id), 'SyntaxError')
    assert.equal(await queues().linesOf('left', 'rescued'), 1)
    assert.containsSubset(await firstLetter(), { jobId: id })
  })

  test('retries a dead letter', async ({ assert }) => {
    const id = await queues().row({ name: 'again', job: 'renamed', secondsOld: 5 })
    queues().startWorker()
    const letter = await firstLetter()
    await eventually(() => queues().isInState(id, 'unknown'))
    queues().config.jobs.renamed = async () => {
      const { default: WriteLines } = await import('#tests/support/jobs/write_lines')
      return {
        default: class extends WriteLines {
          static override readonly jobName = 'renamed' as never
        },
      }
    }

    const isRetried = await inspector().retry('notifications', letter.id)

    assert.isTrue(isRetried)
    await eventually(() => queues().isFinished(id))
    assert.isFalse(await queues().isFailed(id))
    assert.isEmpty(await deadLetters())
  })

  test('lists the newest dead letter first', async ({ assert }) => {
    queues().startWorker()
    const older = await queues().row({ job: 'unknown-1', secondsOld: 5 })
    await eventually(() => queues().isFailed(older))
    const newer = await queues().row({ job: 'unknown-2', secondsOld: 5 })
    await eventually(() => queues().isFailed(newer))

    const letters = await inspector().deadLetters('notifications', { limit: 1 })

    assert.deepEqual(
      letters.map((letter) => letter.jobId),
      [newer]
    )
  })

  test('waits for a job that lost its lock', async ({ assert }) => {
    queues().config.worker = { ...queues().config.worker, stalledInterval: 100, postponement: 200 }
    const id = await queues().row({ name: 'slow', milliseconds: 1_500, secondsOld: 5 })
    queues().startWorker()
    await eventually(() => queues().hasStarted('slow'))
    const queue = await queues().manager.open('notifications')
    const redis = await queue.client

    await redis.del(`${queue.toKey(id)}:lock`)

    await eventually(() => queues().isInState(id, 'delayed'))
    await eventually(() => queues().isInState(id, 'completed'))
    assert.equal(await queues().linesOf('slow', 'started'), 1)
    assert.equal(await queues().linesOf('slow', 'finished'), 1)
  })

  test('retries no letter that is not there', async ({ assert }) => {
    assert.isFalse(await inspector().retry('notifications', 'notifications-1'))
  })

  test('speaks for its running jobs', async ({ assert }) => {
    queues().config.outbox = { ...queues().config.outbox, heartbeat: 100 }
    const id = await queues().row({ name: 'slow', milliseconds: 1_000, secondsOld: 5 })
    queues().startWorker()
    await eventually(() => queues().hasStarted('slow'))
    const { dispatched_at: claimedAt } = await queues().find(id)
    const queue = await queues().manager.open('notifications')
    await queue.obliterate({ force: true })

    await eventually(() => queues().isFinished(id))

    const { dispatched_at: spokenForAt } = await queues().find(id)
    assert.isAbove(spokenForAt!.getTime() - claimedAt!.getTime(), 500)
    assert.equal(await queues().linesOf('slow', 'started'), 1)
  })

  test('lets running jobs finish', async ({ assert }) => {
    const id = await queues().row({ name: 'running', milliseconds: 800, secondsOld: 5 })
    const worker = queues().startWorker()
    await eventually(() => queues().hasStarted('running'))

    const isDrained = await worker.stop()

    assert.isTrue(isDrained)
    assert.isTrue(await queues().isFinished(id))
  })

  test('stops waiting after the grace period', async ({ assert }) => {
    queues().config.worker = { ...queues().config.worker, gracePeriod: 200 }
    await queues().row({ name: 'endless', milliseconds: 1_500, secondsOld: 5 })
    const worker = queues().startWorker()
    await eventually(() => queues().hasStarted('endless'))

    const isDrained = await worker.stop()

    assert.isFalse(isDrained)
    await eventually(async () => (await queues().linesOf('endless', 'finished')) === 1)
  })

  test('counts jobs by state', async ({ assert }) => {
    const queue = await queues().manager.open('notifications')
    await queue.add('write-lines', {})
    await queue.add('write-lines', {}, { delay: 60_000 })

    const { notifications } = await inspector().counts()

    const none = { active: 0, completed: 0, failed: 0, dead: 0 }
    assert.deepEqual(notifications, { ...none, waiting: 1, delayed: 1 })
  })
})
