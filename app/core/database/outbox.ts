import { hash, randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { JobClass, PayloadOf } from '#core/queue/job'
import { QueueManager } from '#core/queue/queue_manager'
import type { QueuedJob } from '#core/queue/queue_manager'
import { OutageLog } from '#core/queue/outage_log'

type Transaction = TransactionClientContract['knexClient']

interface Timing {
  /** The relay sends the job this much later, by the database's clock and about a second late. */
  delaySeconds?: number
  /** The job that puts itself off: however often it runs, it is followed once. */
  after?: string
}

/** More than this waits for the relay, so that a dead Redis can't fill the memory. */
const MOST_UNSENT = 5_000

/**
 * Jobs that must happen. The row is written with the change that causes the job,
 * so either both are there or neither; the worker's relay sends what a crash or
 * a dead Redis left behind. The job's id in Redis is the row's id, so it is
 * queued once however often it is sent.
 */
class Outbox {
  readonly #enqueued = new WeakMap<Transaction, QueuedJob[]>()
  readonly #outages = new OutageLog()
  #unsent: QueuedJob[] = []
  #sending?: Promise<void>

  /**
   * Writes the job down in `trx` and sends it when the outermost transaction has
   * committed. Never waits for Redis and never fails because of it.
   *
   * @returns the id of the row and of the job
   */
  async enqueue<T extends JobClass>(
    jobClass: T,
    payload: PayloadOf<T>,
    trx: TransactionClientContract,
    timing: Timing = {}
  ): Promise<string> {
    const [id] = await this.#write([[jobClass, payload]], trx, timing)
    return id
  }

  /**
   * The same for many jobs in one statement, in this order.
   *
   * @returns their ids
   */
  async enqueueAll<T extends JobClass>(
    jobs: [jobClass: T, payload: PayloadOf<T>][],
    trx: TransactionClientContract
  ): Promise<string[]> {
    return jobs.length === 0 ? [] : this.#write(jobs, trx)
  }

  /** Resolves when everything committed so far was sent or left to the relay. */
  async settled() {
    await this.#sending
  }

  async #write(
    wanted: [jobClass: JobClass, payload: object][],
    trx: TransactionClientContract,
    { delaySeconds = 0, after }: Timing = {}
  ): Promise<string[]> {
    const jobs = wanted.map(([{ jobName, queue }, payload]) => {
      return { id: after ? idAfter(after) : randomUUIDv7(), job: jobName, queue, payload }
    })
    await trx.rawQuery(
      `INSERT INTO outbox (id, job, queue, payload, available_at)
       SELECT id, job, queue, payload, now() + ? * interval '1 second'
       FROM unnest(?::uuid[], ?::text[], ?::text[], ?::jsonb[]) AS row(id, job, queue, payload)
       ON CONFLICT (id) DO NOTHING`,
      [
        delaySeconds,
        jobs.map(({ id }) => id),
        jobs.map(({ job }) => job),
        jobs.map(({ queue }) => queue),
        jobs.map(({ payload }) => JSON.stringify(payload)),
      ]
    )
    if (delaySeconds <= 0) for (const job of jobs) this.#sendAfterCommit(job, trx)
    return jobs.map(({ id }) => id)
  }

  /**
   * A nested Lucid transaction is a savepoint with hooks of its own, which fire
   * although the outer one may still roll back. Knex links a savepoint to what
   * it is inside of, so the promise of the outermost says when all is over.
   */
  #sendAfterCommit(job: QueuedJob, trx: TransactionClientContract) {
    let outermost: Transaction = trx.knexClient
    while (outermost.parentTransaction) outermost = outermost.parentTransaction

    const together = this.#enqueued.get(outermost)
    if (together) {
      together.push(job)
      return
    }
    const jobs = [job]
    this.#enqueued.set(outermost, jobs)
    const send = () => this.#send(jobs)
    outermost.executionPromise.then(send, send)
  }

  #send(jobs: QueuedJob[]) {
    if (this.#unsent.length + jobs.length > MOST_UNSENT) return
    this.#unsent.push(...jobs)
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined))
  }

  /** One round at a time; what is enqueued meanwhile goes with the next. */
  async #sendAll() {
    while (this.#unsent.length > 0) {
      const jobs = this.#unsent.splice(0)
      try {
        await this.#sendCommitted(jobs)
      } catch (error) {
        this.#outages.warn(error, 'jobs wait in the outbox')
      }
    }
  }

  /** Rows of a transaction or savepoint that rolled back are not there to be sent. */
  async #sendCommitted(jobs: QueuedJob[]) {
    const ids = jobs.map((job) => job.id)
    const { rows } = await db.rawQuery<{ rows: { id: string }[] }>(
      'SELECT id FROM outbox WHERE id = ANY(?) AND dispatched_at IS NULL',
      [ids]
    )
    if (rows.length === 0) return

    const committed = new Set(rows.map((row) => row.id))
    const queue = await app.container.make(QueueManager)
    await queue.deliver(jobs.filter((job) => committed.has(job.id)))
    await db.rawQuery('UPDATE outbox SET dispatched_at = now() WHERE id = ANY(?)', [[...committed]])
  }
}

/** The same each time, made of a digest (a UUID of version 8: RFC 9562, 5.8). */
function idAfter(jobId: string) {
  const digest = hash('sha256', `after ${jobId}`)
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}

export const outbox = new Outbox()
