import db from '@adonisjs/lucid/services/db'
import type { Job as BullJob } from 'bullmq'
import type { Logger } from '@adonisjs/core/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { committed } from '#core/database/committed'
import { outbox } from '#core/database/outbox'
import type { QueueConfig } from '#core/queue/define_config'
import { plainIds, plainReason } from '#core/queue/failures/plain_reason'

/** A job that failed for good, as it is told to the operator. */
export interface JobFailure {
  queue: string
  jobId: string
  job: string
  attempts: number
  error: string
  reason: string
  ids: Record<string, string | number | boolean>
  failedAt: Date
}

/** The job that tells the operator. That it failed is told to nobody. */
const REPORT = 'report-failures'

/**
 * What failed for good, each time once, and that the operator is told: one mail per
 * name of a job, and not another one for a while. What fails meanwhile is in the
 * next.
 */
export class JobFailures {
  readonly #operator: QueueConfig['operator']
  readonly #logger: Logger

  constructor(operator: QueueConfig['operator'], logger: Logger) {
    this.#operator = operator
    this.#logger = logger
  }

  /** Does nothing when this failure was noted before. */
  async note(job: BullJob, error: Error) {
    const failure = failureOf(job, error)
    if (!this.#operator.email || job.name === REPORT) {
      this.#logger.error(failure, 'job failed for good')
      return
    }

    await committed(db.connection(), async (trx) => {
      await this.#lock(job.name, trx)
      if (!(await this.#keep(failure, trx))) return
      this.#logger.error(failure, 'job failed for good')
      await this.#announce(job.name, trx)
    })
  }

  /**
   * The failures that a report is about: all that no other one has told of, and on a
   * report that may have arrived those it told of.
   */
  async take(name: string, reportId: string, { again }: { again: boolean }) {
    return committed(db.connection(), async (trx) => {
      await this.#lock(name, trx)
      if (!again) {
        await trx.rawQuery(
          'UPDATE job_failures SET report_id = ? WHERE job = ? AND report_id IS NULL',
          [reportId, name]
        )
      }
      const { rows } = await trx.rawQuery<{ rows: JobFailure[] }>(
        `SELECT queue, job_id AS "jobId", job, attempts, error, reason, ids, failed_at AS "failedAt"
         FROM job_failures WHERE report_id = ? ORDER BY failed_at DESC`,
        [reportId]
      )
      return rows
    })
  }

  /** The operator was told. What failed since is told when the pause is over. */
  async close(name: string) {
    await committed(db.connection(), async (trx) => {
      await this.#lock(name, trx)
      await trx.rawQuery('UPDATE failure_reports SET sent_at = now() WHERE job = ?', [name])
      const { rows } = await trx.rawQuery(
        'SELECT 1 FROM job_failures WHERE job = ? AND report_id IS NULL LIMIT 1',
        [name]
      )
      if (rows.length > 0) await this.#announce(name, trx)
    })
  }

  /** The operator could not be told. The next failure's report tells of these too. */
  async giveUp(name: string, reportId: string) {
    await committed(db.connection(), async (trx) => {
      await this.#lock(name, trx)
      await trx.rawQuery('UPDATE job_failures SET report_id = NULL WHERE report_id = ?', [reportId])
      await trx.rawQuery('UPDATE failure_reports SET sent_at = now() WHERE job = ?', [name])
    })
  }

  /** @param age milliseconds */
  async forgetOlderThan(age: number) {
    await db.rawQuery(
      `DELETE FROM job_failures WHERE failed_at < now() - ? * interval '1 millisecond'`,
      [age]
    )
  }

  async #keep(failure: JobFailure, trx: TransactionClientContract) {
    const { queue, jobId, failedAt, job, attempts, error, reason, ids } = failure
    const { rowCount } = await trx.rawQuery(
      `INSERT INTO job_failures (queue, job_id, failed_at, job, attempts, error, reason, ids)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [queue, jobId, failedAt, job, attempts, error, reason, JSON.stringify(ids)]
    )
    return rowCount === 1
  }

  /** Unless a report is under way: that one will tell. An operator may have thrown it away. */
  async #announce(name: string, trx: TransactionClientContract) {
    const { gathering, pause } = this.#operator
    const { rows } = await trx.rawQuery<{ rows: { isUnderWay: boolean; rest: number }[] }>(
      `SELECT sent_at IS NULL AND EXISTS (
           SELECT FROM outbox WHERE id = report_id AND finished_at IS NULL AND failed_at IS NULL
         ) AS "isUnderWay",
         coalesce(extract(epoch FROM sent_at - now()) + ?, 0)::float8 AS rest
       FROM failure_reports WHERE job = ?`,
      [pause / 1_000, name]
    )
    if (rows[0]?.isUnderWay) return

    const delaySeconds = Math.max(gathering / 1_000, rows[0]?.rest ?? 0)
    const { default: ReportFailures } = await import('#core/queue/failures/report_failures')
    const id = await outbox.enqueue(ReportFailures, { job: name }, trx, { delaySeconds })
    await trx.rawQuery(
      `INSERT INTO failure_reports (job, report_id, due_at)
       VALUES (?, ?, now() + ? * interval '1 second')
       ON CONFLICT (job) DO UPDATE
         SET report_id = excluded.report_id, due_at = excluded.due_at, sent_at = NULL`,
      [name, id, delaySeconds]
    )
  }

  async #lock(name: string, trx: TransactionClientContract) {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtext('job failures'), hashtext(?))`, [
      name,
    ])
  }
}

function failureOf(job: BullJob, error: Error): JobFailure {
  return {
    queue: job.queueName,
    jobId: job.id!.slice(0, 200),
    job: job.name,
    attempts: job.attemptsMade,
    error: error.name.slice(0, 100),
    reason: plainReason(error),
    ids: plainIds(job.data as object),
    failedAt: new Date(job.finishedOn ?? Date.now()),
  }
}
