import db from '@adonisjs/lucid/services/db'
import { isUuid } from '#core/database/uuid'
import { letterIdOf, type DeadLetter } from '#core/queue/dead_letters'
import { Deliveries } from '#core/queue/deliveries'
import { DISCARDED } from '#core/queue/discarded'
import type { QueuedJob, QueueManager } from '#core/queue/queue_manager'
import { deadLetterQueue } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'

/** A dead letter as it is listed. */
export interface ListedLetter {
  /** Of the letter in Redis, or of the job when Redis has forgotten the letter. */
  id: string
  job: string
  jobId: string
  payload: object
  /** Null when Redis has forgotten the letter. */
  attempts: number | null
  error: string
  /** ISO 8601. */
  failedAt: string
}

interface FailedRow {
  id: string
  job: string
  payload: object
  error: string
  failedAt: string
}

const FAILED = 'queue = ? AND failed_at IS NOT NULL AND error IS DISTINCT FROM ?'

/**
 * Dead letters and how their jobs run again. The outbox says which jobs failed for
 * good; Redis, which may forget, adds how often they were tried, why they failed, and
 * jobs that never had a row.
 */
export class Redrive {
  readonly #manager: QueueManager
  readonly #deliveries = new Deliveries()

  constructor(manager: QueueManager) {
    this.#manager = manager
  }

  /** The newest first. */
  async list(queue: QueueName, offset: number, limit: number): Promise<ListedLetter[]> {
    const [rows, letters] = await Promise.all([
      this.#rows(queue, offset + limit),
      this.#letters(queue, offset + limit),
    ])
    const listed = new Map<string, ListedLetter>(
      rows.map((row) => [row.id, { ...row, jobId: row.id, attempts: null }])
    )
    for (const letter of letters) listed.set(letter.jobId, letter)
    return [...listed.values()]
      .sort((a, b) => b.failedAt.localeCompare(a.failedAt))
      .slice(offset, offset + limit)
  }

  async count(queue: QueueName): Promise<number> {
    const ids = await this.#ids(queue)
    return ids.length
  }

  /** @param id of the letter or of its job; answers false when there is none */
  async retry(queue: QueueName, id: string): Promise<boolean> {
    const letters = await this.#manager.open(deadLetterQueue(queue))
    const letter = (await letters.getJob(id)) ?? (await letters.getJob(letterIdOf(queue, id)))
    const { jobId = id, payload = {} } = (letter?.data ?? {}) as Partial<DeadLetter>
    const row = await this.#row(queue, jobId)
    if (!letter && !row) return false

    const openedAs = jobId.replaceAll(':', '_')
    const job = { id: openedAs, job: letter?.name ?? '', queue, payload, ...row }
    await this.#deliveries.reopen(openedAs)
    await this.#manager.deliver([job])
    await letter?.remove()
    return true
  }

  /** Puts back every job that failed for good, but none that was thrown away. */
  async retryAll(queue: QueueName): Promise<number> {
    let retried = 0
    for (const id of await this.#ids(queue)) if (await this.retry(queue, id)) retried++
    return retried
  }

  async #letters(queue: QueueName, count: number): Promise<ListedLetter[]> {
    const letters = await this.#manager.open(deadLetterQueue(queue))
    const jobs = await letters.getJobs(['wait'], 0, count - 1, false)
    return jobs.map((job) => ({ id: job.id!, job: job.name, ...(job.data as DeadLetter) }))
  }

  async #rows(queue: QueueName, count: number) {
    const { rows } = await db.rawQuery<{ rows: (FailedRow & { failedAt: Date })[] }>(
      `SELECT id, job, payload, coalesce(error, '') AS error, failed_at AS "failedAt"
       FROM outbox WHERE ${FAILED} ORDER BY failed_at DESC LIMIT ?`,
      [queue, DISCARDED, count]
    )
    return rows.map((row) => ({ ...row, failedAt: new Date(row.failedAt).toISOString() }))
  }

  /** The row of a job that failed or was thrown away. */
  async #row(queue: QueueName, id: string): Promise<Pick<QueuedJob, 'job' | 'payload'> | null> {
    if (!isUuid(id)) return null
    const { rows } = await db.rawQuery(
      'SELECT job, payload FROM outbox WHERE id = ? AND queue = ? AND failed_at IS NOT NULL',
      [id, queue]
    )
    return rows[0] ?? null
  }

  /** Of letters in Redis, and of the jobs of rows without one. */
  async #ids(queue: QueueName): Promise<string[]> {
    const letters = await this.#manager.open(deadLetterQueue(queue))
    const [kept, { rows }] = await Promise.all([
      letters.getRanges(['wait'], 0, -1),
      db.rawQuery<{ rows: { id: string }[] }>(`SELECT id FROM outbox WHERE ${FAILED}`, [
        queue,
        DISCARDED,
      ]),
    ])
    const known = new Set(kept)
    return [...kept, ...rows.map(({ id }) => id).filter((id) => !known.has(letterIdOf(queue, id)))]
  }
}
