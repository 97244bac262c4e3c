import type { BackoffOptions, RedisOptions } from 'bullmq'
import type { JobTable } from '#core/queue/job_registry'
import type { QueueName } from '#core/queue/queues'

/** Times are milliseconds unless the name says otherwise. */
export interface QueueConfig {
  jobs: JobTable
  connection: RedisOptions
  prefix: string
  queues: Record<QueueName, { concurrency: number; backoff: BackoffOptions }>
  attempts: number
  keepCompletedSeconds: number
  keepDeadLetters: number
  producer: { timeout: number }
  worker: {
    lockDuration: number
    stalledInterval: number
    maxStalledCount: number
    postponement: number
    sweepInterval: number
    rescuePeriod: number
    gracePeriod: number
  }
  outbox: {
    relayInterval: number
    batch: number
    lostAfterSeconds: number
    longestLookSeconds: number
    heartbeat: number
    keepFinishedDays: number
    keepFailedDays: number
  }
  operator: {
    email?: string
    gathering: number
    pause: number
  }
}

/** Types the settings of `config/queue.ts`. */
export function defineConfig(config: QueueConfig): QueueConfig {
  return config
}
