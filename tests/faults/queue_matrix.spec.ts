import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import queueConfig from '#config/queue'
import { QueueInspector } from '#core/queue/inspector'
import { queueNames, type QueueName } from '#core/queue/queues'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'

type Job = NonNullable<Parameters<QueueFixture['row']>[0]>

/** What became of a job in each queue: `Record<QueueName, …>` of the same everywhere. */
function everywhere<T>(value: T) {
  return Object.fromEntries(queueNames.map((name) => [name, value]))
}

async function each<T>(ask: (queue: QueueName) => Promise<T>) {
  const answers = await Promise.all(queueNames.map(async (name) => [name, await ask(name)]))
  return Object.fromEntries(answers) as Record<QueueName, T>
}

/** One job in each queue, named after it. */
function oneEach(queues: QueueFixture, job: Job = {}, suffix = '') {
  return each((queue) => queues.row({ secondsOld: 5, ...job, queue, name: queue + suffix }))
}

function starts(queues: QueueFixture, suffix = '') {
  return each((queue) => queues.linesOf(queue + suffix, 'started'))
}

function effects(queues: QueueFixture, suffix = '') {
  return each((queue) => queues.linesOf(queue + suffix, 'finished'))
}

async function allAre(
  ids: Record<QueueName, string>,
  what: (id: string) => Promise<boolean>,
  within = 20_000
) {
  for (const id of Object.values(ids)) await eventually(() => what(id), within)
}

/** Failures that the operator is to be told of, by queue, and the mails that will. */
async function notices() {
  const { rows } = await db.rawQuery('SELECT queue FROM job_failures ORDER BY queue')
  const reports = await db.rawQuery(`SELECT 1 FROM outbox WHERE job = 'report-failures'`)
  return { failures: rows.map(({ queue }: { queue: string }) => queue), mails: reports.rows.length }
}

async function forgetNotices() {
  await db.rawQuery('DELETE FROM job_failures')
  await db.connection('system').rawQuery('DELETE FROM failure_reports')
}

const NONE = { failures: [], mails: 0 }

test.group('Queues / matrix', (group) => {
  const queues = QueueFixture.setup(group)
  const letters = () => {
    const inspector = new QueueInspector(queues().manager)
    return each(async (queue) => {
      const found = await inspector.deadLetters(queue)
      return found.map(({ jobId, attempts }) => ({ jobId, attempts }))
    })
  }

  group.each.timeout(60_000)
  group.each.setup(async () => {
    queueConfig.operator.email = 'operator@finora.test'
    await forgetNotices()
    queues().startWorker([], ...queueNames)
    return async () => {
      queueConfig.operator.email = undefined
      await forgetNotices()
    }
  })

  test('success: one effect', async ({ assert }) => {
    const ids = await oneEach(queues())

    await allAre(ids, (id) => queues().isFinished(id))

    assert.deepEqual(await starts(queues()), everywhere(1))
    assert.deepEqual(await effects(queues()), everywhere(1))
    assert.deepEqual(await letters(), everywhere([]))
    assert.deepEqual(await notices(), NONE)
  })

  test('failure, then success: one effect', async ({ assert }) => {
    const ids = await oneEach(queues(), { failures: 2 })

    await allAre(ids, (id) => queues().isFinished(id))

    assert.deepEqual(await starts(queues()), everywhere(3))
    assert.deepEqual(await effects(queues()), everywhere(1))
    assert.deepEqual(await letters(), everywhere([]))
    assert.deepEqual(await notices(), NONE)
  })

  test('final failure: dead letter, rescue and notice', async ({ assert }) => {
    const ids = await oneEach(queues(), { fails: true })

    await allAre(ids, (id) => queues().isFailed(id))
    await eventually(async () => {
      const { failures } = await notices()
      return failures.length === queueNames.length
    })

    assert.deepEqual(await starts(queues()), everywhere(3))
    assert.deepEqual(await effects(queues()), everywhere(0))
    assert.deepEqual(await each((queue) => queues().linesOf(queue, 'rescued')), everywhere(1))
    assert.deepEqual(
      await letters(),
      await each(async (queue) => [{ jobId: ids[queue], attempts: 3 }])
    )
    assert.deepEqual(await notices(), { failures: [...queueNames].sort(), mails: 1 })
  })

  test('duplicate dispatch: one effect', async ({ assert }) => {
    const ids = await oneEach(queues(), { milliseconds: 200 })
    const dispatchAgain = () =>
      queues().manager.deliver(
        queueNames.map((queue) => ({
          id: ids[queue],
          job: 'write-lines',
          queue,
          payload: { file: queues().file, name: queue },
        }))
      )

    await dispatchAgain()
    await dispatchAgain()
    await allAre(ids, (id) => queues().isFinished(id))
    await dispatchAgain()
    for (const name of queueNames) {
      await eventually(() => queues().isInState(ids[name], 'completed', name))
      const queue = await queues().manager.open(name)
      await queue.remove(ids[name])
    }
    await dispatchAgain()
    for (const name of queueNames) {
      await eventually(() => queues().isInState(ids[name], 'completed', name))
    }

    assert.deepEqual(await starts(queues()), everywhere(1))
    assert.deepEqual(await effects(queues()), everywhere(1))
    assert.deepEqual(await notices(), NONE)
  })
})

test.group('Queues / matrix of deaths', (group) => {
  const queues = QueueFixture.setup(group)
  const redis = new PrivateRedis()
  let worker: WorkerProcess | undefined
  const start = () =>
    new WorkerProcess({
      queue: queueNames.join(','),
      redisPort: redis.port,
      silence: 2,
      settings: { OPERATOR_EMAIL: 'operator@finora.test' },
    })

  group.each.timeout(120_000)
  group.setup(async () => {
    await redis.start()
    return async () => {
      await worker?.kill()
      await redis.stop()
    }
  })
  group.each.setup(forgetNotices)

  test('worker killed: one effect', async ({ assert }) => {
    const ids = await oneEach(queues(), { milliseconds: 2_000 })
    worker = start()
    for (const queue of queueNames) await eventually(() => queues().hasStarted(queue), 30_000)

    await worker.kill()
    const before = await effects(queues())
    worker = start()

    await allAre(ids, (id) => queues().isFinished(id), 40_000)
    assert.deepEqual(before, everywhere(0))
    assert.deepEqual(await starts(queues()), everywhere(2))
    assert.deepEqual(await effects(queues()), everywhere(1))
    assert.deepEqual(await notices(), NONE)
  })

  test('Redis restarted: one effect', async ({ assert }) => {
    worker ??= start()
    const running = await oneEach(queues(), { milliseconds: 5_000 })
    for (const queue of queueNames) await eventually(() => queues().hasStarted(queue), 30_000)

    await redis.stop()
    await sleep(1_000)
    const meanwhile = await oneEach(queues(), {}, '-later')
    await redis.start()

    await allAre(running, (id) => queues().isFinished(id), 40_000)
    await allAre(meanwhile, (id) => queues().isFinished(id), 20_000)
    assert.deepEqual(await starts(queues()), everywhere(1))
    assert.deepEqual(await effects(queues()), everywhere(1))
    assert.deepEqual(await effects(queues(), '-later'), everywhere(1))
    assert.deepEqual(await notices(), NONE)
  })
})
