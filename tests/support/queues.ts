import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { Group } from '@japa/runner/core'
import type { QueueConfig } from '#core/queue/define_config'
import { QueueManager } from '#core/queue/queue_manager'
import { deadLetterQueue, queueNames, type QueueName } from '#core/queue/queues'
import { QueueWorker } from '#core/queue/queue_worker'
import type { Schedule } from '#core/queue/schedules'
import queueConfig from '#config/queue'

export interface OutboxRow {
  id: string
  dispatched_at: Date | null
  finished_at: Date | null
  failed_at: Date | null
  error: string | null
}

/** Settings as configured, but quick, and apart from all other queues in Redis. */
function testConfig(): QueueConfig {
  const backoff = { type: 'exponential', delay: 20, jitter: 0.5 }
  return {
    ...queueConfig,
    prefix: `{finora-test-${randomUUIDv7()}}`,
    queues: {
      ...(Object.fromEntries(
        queueNames.map((name) => [name, { concurrency: 2, backoff }])
      ) as QueueConfig['queues']),
      email: { concurrency: 2, backoff: { ...backoff, delay: 300 } },
    },
    worker: { ...queueConfig.worker, sweepInterval: 200, postponement: 500 },
    outbox: { ...queueConfig.outbox, relayInterval: 100 },
  }
}

/** Queues, outbox rows and a file of lines that belong to one test and go with it. */
export class QueueFixture {
  readonly config = testConfig()
  readonly manager = new QueueManager(this.config, logger)
  readonly #workers: QueueWorker[] = []
  #folder!: string

  static setup(group: Group): () => QueueFixture {
    let fixture: QueueFixture
    group.each.setup(async () => {
      fixture = new QueueFixture()
      await fixture.#open()
      return () => fixture.#close()
    })
    return () => fixture
  }

  get file() {
    return join(this.#folder, 'lines')
  }

  async lines() {
    const text = await readFile(this.file, 'utf8').catch(() => '')
    return text.split('\n').filter(Boolean)
  }

  async linesOf(name: string, what: string) {
    const lines = await this.lines()
    return lines.filter((line) => line.startsWith(`${name} ${what}`)).length
  }

  startWorker(schedule: Schedule[] = [], ...queues: QueueName[]) {
    const { manager, config } = this
    const worker = new QueueWorker({ app, manager, config, schedule, logger })
    worker.start(queues.length > 0 ? queues : ['notifications'])
    this.#workers.push(worker)
    return worker
  }

  /** A committed row of the job that writes lines, as old as asked. */
  async row({
    name = 'job',
    job = 'write-lines',
    queue = 'notifications' as QueueName,
    secondsOld = 0,
    dispatchedSecondsAgo = null as number | null,
    ...payload
  }: {
    name?: string
    job?: string
    queue?: QueueName
    secondsOld?: number
    dispatchedSecondsAgo?: number | null
    milliseconds?: number
    fails?: boolean
    failures?: number
    steps?: number
  } = {}) {
    const id = randomUUIDv7()
    await db.rawQuery(
      `INSERT INTO outbox (id, job, queue, payload, created_at, available_at, dispatched_at)
       SELECT ?, ?, ?, ?, moment, moment, now() - ? * interval '1 second'
       FROM (SELECT now() - ? * interval '1 second' AS moment) AS row`,
      [
        id,
        job,
        queue,
        JSON.stringify({ file: this.file, name, ...payload }),
        dispatchedSecondsAgo,
        secondsOld,
      ]
    )
    return id
  }

  /** … of a job that failed for good, of which Redis knows nothing. */
  async failedRow({ daysAgo, queue }: { daysAgo: number; queue?: QueueName }) {
    const id = await this.row({ queue })
    await db.rawQuery(
      `UPDATE outbox SET failed_at = now() - ? * interval '1 day', error = 'RangeError' WHERE id = ?`,
      [daysAgo, id]
    )
    return id
  }

  async find(id: string): Promise<OutboxRow> {
    const { rows } = await db.rawQuery('SELECT * FROM outbox WHERE id = ?', [id])
    return rows[0]
  }

  async isFinished(id: string) {
    const row = await this.find(id)
    return row.finished_at !== null
  }

  async isFailed(id: string) {
    const row = await this.find(id)
    return row.failed_at !== null
  }

  async isDispatched(id: string) {
    const row = await this.find(id)
    return row.dispatched_at !== null
  }

  async errorOf(id: string) {
    const row = await this.find(id)
    return row.error
  }

  /** How many rows of a queue still wait for their job to finish. */
  async open(queue: QueueName) {
    const { rows } = await db.rawQuery(
      `SELECT count(*) AS n FROM outbox
       WHERE queue = ? AND finished_at IS NULL AND failed_at IS NULL`,
      [queue]
    )
    return rows[0].n as number
  }

  async hasStarted(name: string) {
    const times = await this.linesOf(name, 'started')
    return times > 0
  }

  async isInState(id: string, state: string, queue: QueueName = 'notifications') {
    const current = await this.jobState(id, queue)
    return current === state
  }

  async jobState(id: string, name: QueueName = 'notifications') {
    const queue = await this.manager.open(name)
    return queue.getJobState(id)
  }

  async #open() {
    this.#folder = await mkdtemp(join(tmpdir(), 'finora-queue-'))
    await db.connection('system').rawQuery('DELETE FROM outbox')
    app.container.swap(QueueManager, () => this.manager)
  }

  async #close() {
    await Promise.all(this.#workers.map((worker) => worker.stop()))
    app.container.restore(QueueManager)
    await db.connection('system').rawQuery('DELETE FROM outbox')
    for (const name of queueNames.flatMap((queue) => [queue, deadLetterQueue(queue)])) {
      const queue = await this.manager.open(name)
      await queue.obliterate({ force: true })
    }
    await this.manager.closeAll()
    await rm(this.#folder, { recursive: true })
  }
}
