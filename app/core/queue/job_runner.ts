import { DelayedError } from 'bullmq'
import type { Job as BullJob } from 'bullmq'
import type { Logger } from '@adonisjs/core/logger'
import type { ApplicationService, LoggerService } from '@adonisjs/core/types'
import type { Deliveries } from '#core/queue/deliveries'
import type { Job } from '#core/queue/job'
import type { JobRegistry } from '#core/queue/job_registry'
import { OutageLog } from '#core/queue/outage_log'
import { plainError } from '#core/queue/failures/plain_error'
import { Postponed } from '#core/queue/postponed'
import { asRunning, runningJob } from '#core/queue/running_job'
import { Unavailable } from '#core/queue/unavailable'

const minutes = 60_000

/** For how long a job waits for something that is away, and how long at a time. */
const PATIENCE = 24 * 60 * minutes
const LONGEST_PAUSE = 5 * minutes

/** Carries out single jobs: finds the class, makes it, calls it, keeps the books. */
export class JobRunner {
  readonly #app: ApplicationService
  readonly #registry: JobRegistry
  readonly #deliveries: Deliveries
  readonly #postponement: number
  readonly #logger: Logger
  readonly #outages: OutageLog
  readonly #running = new Map<string, Promise<void>>()

  /** @param postponement milliseconds a job waits when it can't run yet */
  constructor(
    app: ApplicationService,
    registry: JobRegistry,
    deliveries: Deliveries,
    postponement: number,
    logger: Logger
  ) {
    this.#app = app
    this.#registry = registry
    this.#deliveries = deliveries
    this.#postponement = postponement
    this.#logger = logger
    this.#outages = new OutageLog(logger)
  }

  /**
   * Does the job unless it is done already. Throws what the job throws, without what
   * it may quote: Redis keeps it. A job
   * that lost its lock (Redis restarted, the event loop was blocked) comes again
   * while it still runs here, and has to wait for itself.
   */
  async run(job: BullJob, token?: string): Promise<void> {
    const id = job.id!
    if (this.#running.has(id)) await this.#postpone(job, token)

    const running = runningJob.run(asRunning(job), () => this.#run(job, token))
    const forget = () => this.#running.delete(id)
    this.#running.set(id, running)
    running.then(forget, forget)
    return running
  }

  /** Resolves when no job is running. */
  async idle() {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values())
  }

  /**
   * Lets the job clean up after its last attempt. Answers false when that threw
   * and is worth trying again; a job that can't be made has nothing to clean up.
   */
  rescue(job: BullJob, error: Error): Promise<boolean> {
    return runningJob.run(asRunning(job), () => this.#rescue(job, error))
  }

  async #rescue(job: BullJob, error: Error) {
    let instance: Job
    try {
      instance = await this.#make(job)
    } catch (reason) {
      this.#logger.error({ err: reason }, 'job could not be made for its rescue')
      return true
    }

    try {
      await this.#app.container.call(instance, 'rescue', [job.data, error])
      return true
    } catch (reason) {
      this.#logger.error({ err: reason }, 'rescue failed')
      return false
    }
  }

  async #run(job: BullJob, token?: string) {
    if (!(await this.#claim(job, token))) {
      this.#logger.info('job was finished before')
      return
    }

    const startedAt = performance.now()
    const duration = () => Math.round(performance.now() - startedAt)
    this.#logger.debug('job started')
    try {
      const instance = await this.#make(job)
      await this.#app.container.call(instance, 'handle', [job.data])
      this.#deliveries.finish(job.id!)
      this.#logger.info({ durationMs: duration() }, 'job finished')
    } catch (error) {
      this.#deliveries.release(job.id!)
      if (error instanceof Postponed) {
        await this.#postpone(job, token, Math.min(ageOf(job) / 4, error.longest) * Math.random())
      }
      if (error instanceof Unavailable && ageOf(job) < PATIENCE) {
        this.#outages.warn(error, 'jobs wait')
        await this.#postpone(job, token, Math.min(ageOf(job) / 2, LONGEST_PAUSE))
      }
      this.#logger.warn({ err: error, durationMs: duration() }, 'job failed')
      throw plainError(error)
    }
  }

  /** While Postgres is away a job waits without using up an attempt. */
  async #claim(job: BullJob, token?: string) {
    try {
      return await this.#deliveries.claim(job)
    } catch (error) {
      this.#outages.warn(error, 'jobs wait for Postgres')
      return this.#postpone(job, token)
    }
  }

  async #postpone(job: BullJob, token?: string, pause = 0): Promise<never> {
    await job.moveToDelayed(Date.now() + Math.max(pause, this.#postponement), token)
    throw new DelayedError()
  }

  async #make(job: BullJob): Promise<Job> {
    const jobClass = await this.#registry.find(job.name)
    const instance = await this.#app.container.make(jobClass)
    instance.$injectInternal({ job, logger: this.#logger as LoggerService })
    return instance
  }
}

/** Milliseconds since the job was queued. */
function ageOf({ timestamp }: BullJob) {
  return Date.now() - timestamp
}
