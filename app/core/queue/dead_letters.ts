import type { Job as BullJob, Queue } from 'bullmq'
import { plainReason } from '#core/queue/failures/plain_reason'
import type { JobFailures } from '#core/queue/failures/job_failures'
import type { Deliveries } from '#core/queue/deliveries'
import type { JobRunner } from '#core/queue/job_runner'
import type { QueueManager } from '#core/queue/queue_manager'
import { deadLetterQueue } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'

/** What a dead-letter queue keeps of a job that failed for good. */
export interface DeadLetter {
  queue: QueueName
  jobId: string
  payload: object
  attempts: number
  error: string
  failedAt: string
}

const SWEPT_AT_ONCE = 100

/** Under which the letter of a job is kept: BullMQ takes no colons, which its own ids have. */
export function letterIdOf(queue: QueueName, jobId: string) {
  return `${queue}-${jobId}`.replaceAll(':', '_')
}

/** Moves jobs that failed for good out of their queue, with their last rites. */
export class DeadLetters {
  readonly #manager: QueueManager
  readonly #runner: JobRunner
  readonly #deliveries: Deliveries
  readonly #failures: JobFailures
  readonly #rescuePeriod: number

  /** The sweep and the word of a worker may come at the same time. */
  readonly #underWay = new Set<string>()

  /** @param rescuePeriod milliseconds for which a `rescue` that throws is tried again */
  constructor(
    manager: QueueManager,
    runner: JobRunner,
    deliveries: Deliveries,
    failures: JobFailures,
    rescuePeriod: number
  ) {
    this.#manager = manager
    this.#runner = runner
    this.#deliveries = deliveries
    this.#failures = failures
    this.#rescuePeriod = rescuePeriod
  }

  /**
   * Rescues the job, files it as a dead letter, closes its outbox row, has the
   * operator told and only then lets go of it: after a crash at any point the next
   * sweep does it again, and each of these twice is a no-op.
   */
  async bury(job: BullJob, error: Error) {
    const name = `${job.queueName} ${job.id}`
    if (this.#underWay.has(name)) return

    this.#underWay.add(name)
    try {
      await this.#bury(job, error)
    } finally {
      this.#underWay.delete(name)
    }
  }

  async #bury(job: BullJob, error: Error) {
    if (!(await job.isFailed())) return

    const isRescued = await this.#runner.rescue(job, error)
    if (!isRescued && Date.now() - (job.finishedOn ?? 0) < this.#rescuePeriod) return

    await this.#file(job, error)
    await this.#deliveries.fail(job.id!, error)
    await this.#failures.note(job, error)
    await job.remove()
  }

  /** Buries failed jobs whose worker died, or whose rescue threw, before they were. */
  async sweep(queue: Queue) {
    const failed = await queue.getFailed(0, SWEPT_AT_ONCE - 1)
    for (const job of failed) await this.bury(job, lastErrorOf(job))
  }

  async #file(job: BullJob, error: Error) {
    const name = job.queueName as QueueName
    const letter: DeadLetter = {
      queue: name,
      jobId: job.id!,
      payload: job.data,
      attempts: job.attemptsMade,
      error: plainReason(error),
      failedAt: new Date(job.finishedOn ?? Date.now()).toISOString(),
    }
    const letters = await this.#manager.open(deadLetterQueue(name))
    await letters.add(job.name, letter, { jobId: letterIdOf(name, job.id!) })
  }
}

/** The last error, as far as Redis kept it: its class is in the stack trace. */
function lastErrorOf(job: BullJob) {
  const error = new Error(job.failedReason)
  error.name = /^(\w+)/.exec(job.stacktrace?.at(-1) ?? '')?.[1] ?? error.name
  return error
}
