import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@adonisjs/core/logger'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Worker } from 'bullmq'
import { committed } from '#core/database/committed'
import { logOutput } from '#core/logs/output'
import { outbox } from '#core/database/outbox'
import type { QueueConfig } from '#core/queue/define_config'
import { Job } from '#core/queue/job'
import { QueueManager } from '#core/queue/queue_manager'
import { QueueWorker } from '#core/queue/queue_worker'
import { runningJob } from '#core/queue/running_job'
import queueConfig from '#config/queue'
import { interleave, percentile, timed } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import type { Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'

const JOBS = 20_000
const CONCURRENCY = 5
const QUEUE = 'notifications'

/** Jobs that are written while the lag is measured: so many a second, for so long. */
const RATE = 200
const SECONDS = 5

/** Does nothing but say that it was begun. */
class Trivial extends Job {
  static override readonly jobName = 'trivial'
  static override readonly queue = QUEUE
  static begun: (id: string) => void = () => {}

  override async handle({ id }: { id?: string }) {
    Trivial.begun(id ?? this.getId()!)
  }
}

/** Queues of the bench's own, with the settings of production. */
function ownConfig(): QueueConfig {
  return {
    ...queueConfig,
    jobs: { trivial: async () => ({ default: Trivial as never }) },
    prefix: `{finora-bench-${randomUUIDv7()}}`,
  }
}

/** Writes what production's does, to nowhere. */
const logger = new Logger({
  enabled: true,
  name: 'finora',
  level: 'info',
  mixin: () => runningJob.getStore() ?? {},
  destination: logOutput('/dev/null'),
} as never)

/** Jobs that do nothing, beside plain BullMQ on the same Redis; and how soon a committed job begins. */
export async function benchJobs(stage: Stage, _: Programs, options: Options, report: Report) {
  const rates = await interleave(
    { plain: () => plainRate(), finora: () => finoraRate(stage) },
    { rounds: options.repeat, warmups: 1 }
  )
  report.compare({
    what: `Jobs that do nothing, ${CONCURRENCY} at a time`,
    unit: 'jobs/s',
    values: rates.finora,
    against: { what: 'plain BullMQ', values: rates.plain },
    atLeast: 0.7,
  })

  for (const [what, isLeftBehind] of [
    ['Commit to start', false],
    ['… when only the relay sends', true],
  ] as const) {
    const lags = await lagsUnderLoad(stage, isLeftBehind)
    for (const share of [0.5, 0.99]) {
      report.limit({
        what: `${what}, ${RATE} jobs/s, p${share * 100}`,
        unit: 'ms',
        values: [percentile(lags, share)],
      })
    }
  }
}

async function plainRate() {
  const config = ownConfig()
  const manager = new QueueManager(config, logger)
  const queue = await manager.open(QUEUE)
  await queue.addBulk(
    Array.from({ length: JOBS }, () => ({
      name: 'trivial',
      data: {},
      opts: { ...manager.optionsOf(QUEUE), jobId: randomUUIDv7() },
    }))
  )
  const { promise, resolve } = Promise.withResolvers<void>()
  let done = 0
  let worker: Worker
  const time = await timed(async () => {
    worker = new Worker(QUEUE, async () => {}, {
      connection: { ...config.connection, maxRetriesPerRequest: null },
      prefix: config.prefix,
      concurrency: CONCURRENCY,
      lockDuration: config.worker.lockDuration,
      stalledInterval: config.worker.stalledInterval,
    })
    worker.on('completed', () => ++done === JOBS && resolve())
    await promise
  })
  await worker!.close()
  await queue.obliterate({ force: true })
  await manager.closeAll()
  return (JOBS / time) * 1_000
}

async function finoraRate({ system }: Stage) {
  const config = ownConfig()
  const manager = new QueueManager(config, logger)
  await system.query('DELETE FROM outbox')
  const { rows } = await system.query(
    `INSERT INTO outbox (id, job, queue, payload, dispatched_at)
     SELECT gen_random_uuid(), 'trivial', $1, '{}', now() FROM generate_series(1, $2)
     RETURNING id, job, queue, payload`,
    [QUEUE, JOBS]
  )
  await manager.deliver(rows)
  const worker = new QueueWorker({ app, manager, config, schedule: [], logger })
  const time = await timed(async () => {
    worker.start([QUEUE], CONCURRENCY)
    const queue = await manager.open(QUEUE)
    while ((await queue.getCompletedCount()) < JOBS) await sleep(10)
  })
  await worker.stop()
  const { rows: left } = await system.query(
    'SELECT count(*)::int AS n FROM outbox WHERE finished_at IS NULL'
  )
  if (left[0].n !== 0) throw new Error(`${left[0].n} jobs are completed, and not in the outbox`)
  const queue = await manager.open(QUEUE)
  await queue.obliterate({ force: true })
  await manager.closeAll()
  return (JOBS / time) * 1_000
}

/** @param isLeftBehind nobody sends the jobs after the commit, as when the process died there */
async function lagsUnderLoad({ system }: Stage, isLeftBehind: boolean) {
  const config = ownConfig()
  const manager = new QueueManager(config, logger)
  await system.query('DELETE FROM outbox')
  app.container.swap(QueueManager, () => manager)
  const committedAt = new Map<string, number>()
  const begunAt = new Map<string, number>()
  Trivial.begun = (id) => begunAt.set(id, performance.now())
  const worker = new QueueWorker({ app, manager, config, schedule: [], logger })
  worker.start([QUEUE], CONCURRENCY)
  await sleep(1_000)

  const write = async () => {
    const id = isLeftBehind
      ? await leaveBehind()
      : await committed(db.connection(), (trx) => outbox.enqueue(Trivial, {}, trx))
    committedAt.set(id, performance.now())
  }
  const total = RATE * SECONDS
  const startedAt = performance.now()
  const writing: Promise<void>[] = []
  for (let n = 0; n < total; n++) {
    const due = startedAt + (n * 1_000) / RATE
    if (due > performance.now()) await sleep(due - performance.now())
    writing.push(write())
  }
  await Promise.all(writing)
  while (begunAt.size < total) await sleep(20)

  await outbox.settled()
  await worker.stop()
  app.container.restore(QueueManager)
  Trivial.begun = () => {}
  const queue = await manager.open(QUEUE)
  await queue.obliterate({ force: true })
  await manager.closeAll()
  return [...committedAt].map(([id, at]) => begunAt.get(id)! - at)
}

/** A row that is old enough for the relay. */
async function leaveBehind() {
  const id = randomUUIDv7()
  await db.rawQuery(
    `INSERT INTO outbox (id, job, queue, payload, created_at)
     VALUES (?, 'trivial', ?, '{}', now() - interval '5 seconds')`,
    [id, QUEUE]
  )
  return id
}
