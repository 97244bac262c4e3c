import { once } from 'node:events'
import { Redis } from 'ioredis'
import { Queue } from 'bullmq'
import type { Logger } from '@adonisjs/core/logger'
import type { JobsOptions } from 'bullmq'
import type { JobClass, PayloadOf } from '#core/queue/job'
import type { QueueConfig } from '#core/queue/define_config'
import { isUuid } from '#core/database/uuid'
import { OutageLog } from '#core/queue/outage_log'
import { queueNames } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'
import { Unavailable } from '#core/queue/unavailable'

/** By how much the clocks of workers and database may differ (seconds). */
const CLOCK_SKEW = 60

/** A job as the outbox keeps it. */
export interface QueuedJob {
  id: string
  job: string
  queue: QueueName
  payload: object
}

/**
 * The producers' side of the queues, in place of the manager of
 * @rlanz/bull-queue (container key `rlanz/queue`) and with its methods. All
 * queues share one connection that opens with the first use, never queues
 * commands while Redis is away, and answers or throws within
 * `producer.timeout`.
 */
export class QueueManager {
  readonly #config: QueueConfig
  readonly #outages: OutageLog
  readonly #queues = new Map<string, Queue>()
  #redis?: Redis
  #connecting?: Promise<void>

  constructor(config: QueueConfig, logger: Logger) {
    this.#config = config
    this.#outages = new OutageLog(logger)
  }

  /**
   * Adds a job straight to Redis, where it may be lost. What must happen goes
   * through `outbox.enqueue`.
   */
  async dispatch<T extends JobClass>(
    job: T | (() => Promise<{ default: T }>),
    payload: PayloadOf<T>,
    { queueName, ...options }: JobsOptions & { queueName?: QueueName } = {}
  ) {
    const { default: jobClass } = 'jobName' in job ? { default: job } : await job()
    const queueOfJob = queueName ?? jobClass.queue
    const queue = await this.open(queueOfJob)
    return queue.add(jobClass.jobName, payload, { ...this.optionsOf(queueOfJob), ...options })
  }

  /** Adds jobs under their own ids; one that is there already stays as it is. */
  async deliver(jobs: QueuedJob[]) {
    for (const [name, batch] of Map.groupBy(jobs, (job) => job.queue)) {
      const queue = await this.open(name)
      const options = this.optionsOf(name)
      await queue.addBulk(
        batch.map(({ id, job, payload }) => ({
          name: job,
          data: payload,
          opts: { ...options, jobId: id },
        }))
      )
    }
  }

  /** Attempts, backoff and retention of the jobs of one queue. */
  optionsOf(name: QueueName): JobsOptions {
    return {
      attempts: this.#config.attempts,
      backoff: this.#config.queues[name].backoff,
      removeOnComplete: { age: this.#config.keepCompletedSeconds },
    }
  }

  /** The queue of this name, once Redis answers; throws `Unavailable` when it doesn't in time. */
  async open(name: string): Promise<Queue> {
    const redis = await this.#connected()
    return this.#queues.get(name) ?? this.#create(name, redis)
  }

  /**
   * Since when Redis has kept what it was given (Unix time, seconds): a mark in it is
   * lost when everything else is. Clocks may differ by a minute, so it is a minute
   * late.
   */
  async keptSince(): Promise<number> {
    const redis = await this.#connected()
    const key = `${this.#config.prefix}:kept-since`
    const now = Math.ceil(Date.now() / 1_000) + CLOCK_SKEW
    const kept = (await redis.get(key)) ?? ((await redis.set(key, now, 'NX')) ? now : null)
    return Number(kept ?? (await redis.get(key)))
  }

  /** The ids of the jobs that workers take next, the first one first. */
  async nextInLine(name: string, count: number): Promise<string[]> {
    const queue = await this.open(name)
    const ids = await queue.getRanges(['wait'], 0, count - 1, true)
    return ids.filter(isUuid)
  }

  /** The queue of this name if it was opened before. */
  get(name: string): Queue | undefined {
    return this.#queues.get(name)
  }

  getOrSet(name: string): Queue {
    return this.#queues.get(name) ?? this.#create(name, this.#connection())
  }

  /** Throws away everything in the queue. */
  async clear(name: QueueName) {
    const queue = await this.open(name)
    await queue.obliterate({ force: true })
  }

  /** Workers are started by `node ace queue:work`, not by the process that adds jobs. */
  process(): never {
    throw new Error(`run "node ace queue:work" to work on ${queueNames.join(', ')}`)
  }

  async closeAll() {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()))
    this.#queues.clear()
    this.#redis?.disconnect()
    this.#redis = undefined
  }

  #create(name: string, connection: Redis) {
    const queue = new Queue(name, {
      connection,
      prefix: this.#config.prefix,
      skipVersionCheck: true,
    })
    queue.on('error', (error) => this.#complain(error))
    this.#queues.set(name, queue)
    return queue
  }

  #connection() {
    this.#redis ??= new Redis({
      ...this.#config.connection,
      lazyConnect: true,
      enableOfflineQueue: false,
      connectTimeout: this.#config.producer.timeout,
      commandTimeout: this.#config.producer.timeout,
      maxRetriesPerRequest: 1,
      retryStrategy: (times) => Math.min(times * 200, 2_000),
    }).on('error', (error) => this.#complain(error))
    return this.#redis
  }

  async #connected() {
    const redis = this.#connection()
    if (redis.status === 'ready') return redis
    if (redis.status === 'wait') redis.connect().catch((error) => this.#complain(error))

    this.#connecting ??= this.#ready(redis).finally(() => (this.#connecting = undefined))
    await this.#connecting
    return redis
  }

  async #ready(redis: Redis) {
    const signal = AbortSignal.timeout(this.#config.producer.timeout)
    await once(redis, 'ready', { signal }).catch((error) => {
      throw new Unavailable('Redis', error)
    })
  }

  #complain(error: unknown) {
    this.#outages.warn(error, 'Redis does not take jobs')
  }
}
