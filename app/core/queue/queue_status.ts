import type { QueueName } from '#core/queue/queues'

/** Jobs of a queue, by the state they are in. */
export interface QueueCounts {
  waiting: number
  active: number
  delayed: number
  completed: number
  failed: number
  dead: number
}

/** What an operator sees of a queue. */
export interface QueueStatus extends QueueCounts {
  queue: QueueName
  isPaused: boolean
  /** For how long the oldest job that waits has done so; null when none does. */
  oldestWaitingSeconds: number | null
  /** Processes that work on it; null where Redis doesn't tell. */
  workers: number | null
}

/** A job that a worker has in hand. */
export interface ActiveJob {
  id: string
  queue: QueueName
  job: string
  /** From 0 to 1, as far as the job says. */
  progress: number | null
  startedAt: Date | null
}

export interface ScheduleStatus {
  id: string
  queue: QueueName
  job: string
  cron: string
  timeZone: string
  nextRunAt: Date | null
}

/** What the outbox holds of one queue or of all. */
export interface OutboxStatus {
  /** Jobs that are not finished: sent, not sent and to be sent later. */
  open: number
  /** Due and not sent yet. */
  unsent: number
  /** To be sent later. */
  later: number
  /** Failed for good and not yet forgotten; not what an operator threw away. */
  failed: number
  /** For how long the oldest of the unsent ones has been due; 0 when there is none. */
  lagSeconds: number
}
