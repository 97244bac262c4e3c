import { AsyncLocalStorage } from 'node:async_hooks'
import type { Job as BullJob } from 'bullmq'

/** By these names it stands in every log line that is written while it runs (config/logger). */
export interface RunningJob {
  queue: string
  job: string
  jobId: string
  attempt: number
}

/** The job that what is running now is part of: what it does once is known by its id. */
export const runningJob = new AsyncLocalStorage<RunningJob>()

export function asRunning({ queueName, name, id, attemptsMade }: BullJob): RunningJob {
  return { queue: queueName, job: name, jobId: id!, attempt: attemptsMade + 1 }
}
