import { setTimeout as sleep } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { prepared, readTogether } from '#core/database/reading_pool'
import { isUuid } from '#core/database/uuid'
import type { Job as BullJob } from 'bullmq'
import { OutageLog } from '#core/queue/outage_log'
import { DISCARDED } from '#core/queue/discarded'
import type { QueueName } from '#core/queue/queues'
import { Claims, type NextInLine } from '#core/queue/claims'

const FINISH = `UPDATE outbox SET finished_at = now(), failed_at = NULL, error = NULL
  WHERE id = ANY($1::uuid[])`

/** Between two statements while jobs go on finishing (milliseconds): more travel together. */
const BREATH = 25

/** Until the next try when Postgres doesn't take that jobs are finished (milliseconds). */
const PAUSE = 500

/**
 * The workers' side of the outbox: what became of the jobs that were sent from
 * it. Jobs that were dispatched straight to Redis have no row, and pass. What many
 * jobs ask and say at the same time travels together. See docs/decisions/0038.
 */
export class Deliveries {
  readonly #running = new Set<string>()
  readonly #claims: Claims
  readonly #finishing = new Set<string>()
  readonly #outages = new OutageLog()
  #writing?: Promise<void>

  /**
   * @param nextInLine for a worker, which starts many jobs
   * @param heartbeat milliseconds between two calls of `speakForRunning`
   */
  constructor(nextInLine: NextInLine = async () => [], heartbeat = 0) {
    this.#claims = new Claims(nextInLine, heartbeat)
  }

  /** Whether the job is still to be done; it counts as running from then on. */
  async claim(job: BullJob): Promise<boolean> {
    const id = job.id!
    if (!isUuid(id)) return true
    if (this.#finishing.has(id) || (await this.#claims.isFinished(job))) return false

    this.#running.add(id)
    return true
  }

  release(id: string) {
    this.#running.delete(id)
  }

  /**
   * Notes that the job is done, soon: nobody waits for it, and it stays spoken for
   * until Postgres knows, however long Postgres is away. A worker that is killed
   * before leaves a job that runs again, as one that was killed a moment earlier.
   */
  finish(id: string) {
    if (!this.#running.has(id)) return
    this.#finishing.add(id)
    this.#writing ??= this.#finishAll().finally(() => (this.#writing = undefined))
  }

  /** Resolves when Postgres knows of all jobs that are done. */
  async settled() {
    await this.#writing
  }

  /** Writes down that the job failed for good, with the error's class only. */
  async fail(id: string, error: Error) {
    if (!isUuid(id)) return
    await db.rawQuery(
      'UPDATE outbox SET failed_at = now(), error = ? WHERE id = ? AND finished_at IS NULL',
      [error.name, id]
    )
  }

  /** Opens the row of a failed job again. */
  async reopen(id: string) {
    if (!isUuid(id)) return
    await db.rawQuery(
      'UPDATE outbox SET failed_at = NULL, error = NULL, dispatched_at = now() WHERE id = ?',
      [id]
    )
  }

  /**
   * Closes the open rows of a queue, as an operator wishes, and writes that into the
   * log. Answers how many jobs of each name.
   *
   * @param except ids of jobs that run
   */
  async discard(queue: QueueName, except: string[]): Promise<Record<string, number>> {
    const { rows } = await db.rawQuery<{ rows: { job: string; count: number }[] }>(
      `WITH given_up AS (
         UPDATE outbox SET failed_at = now(), error = ?
         WHERE queue = ? AND finished_at IS NULL AND failed_at IS NULL AND id <> ALL(?::uuid[])
         RETURNING job
       ) SELECT job, count(*)::int AS count FROM given_up GROUP BY job ORDER BY job`,
      [DISCARDED, queue, except.filter(isUuid)]
    )
    const jobs = Object.fromEntries(rows.map(({ job, count }) => [job, count]))
    logger.warn({ queue, jobs }, 'an operator threw away jobs of the outbox')
    return jobs
  }

  /**
   * Says that the running jobs are in good hands, so that the relay doesn't send
   * them a second time when Redis forgot them.
   */
  async speakForRunning() {
    if (this.#running.size === 0) return
    await db.rawQuery('UPDATE outbox SET dispatched_at = now() WHERE id = ANY(?)', [
      [...this.#running],
    ])
  }

  async #finishAll() {
    for (let round = 0; this.#finishing.size > 0; round++) {
      await (round === 0 ? new Promise(setImmediate) : sleep(BREATH))
      const ids = [...this.#finishing]
      try {
        await readTogether([prepared(FINISH, [ids])])
      } catch (error) {
        this.#outages.warn(error, 'jobs that are done wait for Postgres')
        await sleep(PAUSE)
        continue
      }
      for (const id of ids) {
        this.#finishing.delete(id)
        this.#running.delete(id)
      }
    }
  }
}
