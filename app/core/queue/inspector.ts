import { inject } from '@adonisjs/core'
import type { Queue } from 'bullmq'
import db from '@adonisjs/lucid/services/db'
import { Deliveries } from '#core/queue/deliveries'
import { DISCARDED } from '#core/queue/discarded'
import { QueueManager } from '#core/queue/queue_manager'
import type {
  ActiveJob,
  OutboxStatus,
  QueueCounts,
  QueueStatus,
  ScheduleStatus,
} from '#core/queue/queue_status'
import { deadLetterQueue, queueNames } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'
import { Redrive } from '#core/queue/redrive'

const LISTED_AT_ONCE = 500

/**
 * The console's, the metrics' and the commands' view of the queues, and what they
 * may do to them. Throws `Unavailable` within seconds without Redis.
 */
@inject()
export class QueueInspector {
  readonly #manager: QueueManager
  readonly #deliveries = new Deliveries()
  readonly #redrive: Redrive

  constructor(manager: QueueManager) {
    this.#manager = manager
    this.#redrive = new Redrive(manager)
  }

  /** How many jobs each queue has in each state. */
  async counts(): Promise<Record<QueueName, QueueCounts>> {
    const counts = await Promise.all(
      queueNames.map(async (name) => [name, await this.#countsOf(name)] as const)
    )
    return Object.fromEntries(counts) as Record<QueueName, QueueCounts>
  }

  statuses(): Promise<QueueStatus[]> {
    return Promise.all(queueNames.map((name) => this.status(name)))
  }

  async status(name: QueueName): Promise<QueueStatus> {
    const queue = await this.#manager.open(name)
    const [counts, isPaused, oldestWaitingSeconds, workers] = await Promise.all([
      this.#countsOf(name),
      queue.isPaused(),
      this.#oldestWaiting(queue),
      queue.getWorkersCount().catch(() => null),
    ])
    return { queue: name, ...counts, isPaused, oldestWaitingSeconds, workers }
  }

  /** What runs by the clock, the next one first. */
  async schedules(): Promise<ScheduleStatus[]> {
    const found = await Promise.all(
      queueNames.map(async (name) => {
        const queue = await this.#manager.open(name)
        const schedulers = await queue.getJobSchedulers()
        return schedulers.map(({ key, name: job, pattern = '', tz = 'UTC', next }) => {
          const nextRunAt = next ? new Date(next) : null
          return { id: key, queue: name, job, cron: pattern, timeZone: tz, nextRunAt }
        })
      })
    )
    return found.flat().sort((a, b) => Number(a.nextRunAt) - Number(b.nextRunAt))
  }

  /** @param queue of all queues without */
  async outbox(queue?: QueueName): Promise<OutboxStatus> {
    const { rows } = await db.rawQuery<{ rows: OutboxStatus[] }>(
      `SELECT count(*) AS open,
         count(*) FILTER (WHERE dispatched_at IS NULL AND available_at <= now()) AS unsent,
         count(*) FILTER (WHERE available_at > now()) AS later,
         round(coalesce(extract(epoch FROM now() - min(available_at)
           FILTER (WHERE dispatched_at IS NULL AND available_at <= now())), 0))::int AS "lagSeconds",
         (SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL
           AND error IS DISTINCT FROM :discarded AND queue = coalesce(:queue, queue)) AS failed
       FROM outbox WHERE finished_at IS NULL AND failed_at IS NULL
         AND queue = coalesce(:queue, queue)`,
      { discarded: DISCARDED, queue: queue ?? null }
    )
    return rows[0]
  }

  /** The jobs that workers have in hand, and how far they are. */
  async active(name: QueueName): Promise<ActiveJob[]> {
    const queue = await this.#manager.open(name)
    const jobs = await queue.getActive(0, LISTED_AT_ONCE - 1)
    return jobs.map(({ id, name: job, progress, processedOn }) => ({
      id: id!,
      queue: name,
      job,
      progress: typeof progress === 'number' ? progress : null,
      startedAt: processedOn ? new Date(processedOn) : null,
    }))
  }

  /** … of all queues. */
  async allActive(): Promise<ActiveJob[]> {
    const jobs = await Promise.all(queueNames.map((name) => this.active(name)))
    return jobs.flat()
  }

  /** Dead letters, the newest first. */
  deadLetters(queue: QueueName, { offset = 0, limit = 50 } = {}) {
    return this.#redrive.list(queue, offset, limit)
  }

  deadLetterCount(queue: QueueName): Promise<number> {
    return this.#redrive.count(queue)
  }

  /**
   * Puts a dead letter's job back into its queue, or answers false without one.
   *
   * @param id of the letter or of its job
   */
  retry(queue: QueueName, id: string): Promise<boolean> {
    return this.#redrive.retry(queue, id)
  }

  /** Puts back every job that is a dead letter now, and says how many. */
  retryAll(queue: QueueName): Promise<number> {
    return this.#redrive.retryAll(queue)
  }

  /** From now on jobs of this queue wait; those that run finish. */
  async pause(name: QueueName) {
    const queue = await this.#manager.open(name)
    await queue.pause()
  }

  async resume(name: QueueName) {
    const queue = await this.#manager.open(name)
    await queue.resume()
  }

  /** Jobs in the queue that are still to end, beside the next ones of its schedules. */
  async left(name: QueueName): Promise<number> {
    const queue = await this.#manager.open(name)
    const [{ waiting, active, delayed, failed }, scheduled] = await Promise.all([
      this.#countsOf(name),
      queue.getJobSchedulersCount(),
    ])
    return waiting + active + failed + Math.max(0, delayed - scheduled)
  }

  /**
   * Removes what waits in the queue, and says how many. The outbox sends again
   * what it holds of them.
   */
  async discard(name: QueueName): Promise<number> {
    const queue = await this.#manager.open(name)
    const before = await this.left(name)
    await queue.drain(true)
    return before - (await this.left(name))
  }

  /**
   * Gives up what the outbox holds of the queue, also what is for later, but not what
   * runs, and says how many jobs of each name. They are no dead letters, but may be
   * retried by their ids.
   */
  async discardOutbox(name: QueueName): Promise<Record<string, number>> {
    const queue = await this.#manager.open(name)
    const running = await queue.getRanges(['active'], 0, -1)
    return this.#deliveries.discard(name, running)
  }

  /** The list is read from where workers take from it. */
  async #oldestWaiting(queue: Queue) {
    const [oldest] = await queue.getJobs(['wait', 'paused'], 0, 0, true)
    return oldest ? Math.max(0, Math.round((Date.now() - oldest.timestamp) / 1_000)) : null
  }

  async #countsOf(name: QueueName): Promise<QueueCounts> {
    const queue = await this.#manager.open(name)
    const letters = await this.#manager.open(deadLetterQueue(name))
    const [counts, dead] = await Promise.all([
      queue.getJobCounts(
        'wait',
        'paused',
        'prioritized',
        'active',
        'delayed',
        'completed',
        'failed'
      ),
      letters.getWaitingCount(),
    ])
    const { wait = 0, paused = 0, prioritized = 0 } = counts
    const { active = 0, delayed = 0, completed = 0, failed = 0 } = counts
    return { waiting: wait + paused + prioritized, active, delayed, completed, failed, dead }
  }
}
