import { Job as BaseJob } from '@rlanz/bull-queue'
import type { QueueName } from '#core/queue/queues'

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

  abstract override handle(payload: unknown): Promise<void>

  /**
   * Called after the last attempt failed, at least once, to leave the records in
   * an honest state. When it throws it is called again for some minutes.
   */
  override async rescue(_payload: unknown, _error: Error): Promise<void> {}
}
