import { Job as BaseJob } from '@rlanz/bull-queue'
import type { QueueName } from '#core/queue/queues'

/** Milliseconds between two reports of a job's progress. */
const PROGRESS_PAUSE = 250

/** The class of a job, whatever its constructor has injected. */
export interface JobClass {
  new (...dependencies: any[]): Job
  readonly jobName: string
  readonly queue: QueueName
  readonly $$filepath: string
}

/** What `handle` of this job takes: ids and switches, never records, which go stale. */
export type PayloadOf<T extends JobClass> = Parameters<InstanceType<T>['handle']>[0] & object

/**
 * Work that happens after the answer. A job can run twice (its worker was killed
 * before it could say that it finished), so `handle` must be idempotent.
 *
 * ```ts
 * export default class ImportTransactions extends Job {
 *   static override readonly jobName = 'import-transactions'
 *   static override readonly queue = 'csv-import'
 *
 *   override async handle({ importId }: { importId: string }) {}
 * }
 * ```
 *
 * The class is also named in `config/queue.ts`, where workers look it up.
 */
export abstract class Job extends BaseJob {
  /** What the job is called in Redis, in the outbox and in the logs: part of the data. */
  declare static readonly jobName: string

  declare static readonly queue: QueueName

  /** What @rlanz/bull-queue takes for a job's identity: our name, not a path. */
  static get $$filepath() {
    return this.jobName
  }

  #reportedAt = 0

  abstract override handle(payload: unknown): Promise<void>

  /**
   * Called after the last attempt failed, at least once, to leave the records in
   * an honest state. When it throws it is called again for some minutes.
   */
  override async rescue(_payload: unknown, _error: Error): Promise<void> {}

  /**
   * Says how far the job is, from 0 to 1, to whoever looks at its queue. Never
   * waits for Redis, and tells it a few times a second at most.
   */
  protected progress(share: number) {
    const now = Date.now()
    if (share < 1 && now - this.#reportedAt < PROGRESS_PAUSE) return

    this.#reportedAt = now
    this.getJob()
      .updateProgress(Math.min(1, Math.max(0, share)))
      .catch((error) => this.logger.debug({ err: error }, 'progress is not told'))
  }
}
