import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'bullmq'
import type { Logger } from '@adonisjs/core/logger'
import type { ApplicationService } from '@adonisjs/core/types'
import type { QueueConfig } from '#core/queue/define_config'
import type { QueueManager } from '#core/queue/queue_manager'
import { DeadLetters } from '#core/queue/dead_letters'
import { Deliveries } from '#core/queue/deliveries'
import { JobFailures } from '#core/queue/failures/job_failures'
import { JobRegistry } from '#core/queue/job_registry'
import { JobRunner } from '#core/queue/job_runner'
import { OutageLog } from '#core/queue/outage_log'
import { OutboxRelay } from '#core/database/outbox_relay'
import { Periodic } from '#core/queue/periodic'
import { deadLetterQueue } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'
import { Schedules } from '#core/queue/schedules'
import type { Schedule } from '#core/queue/schedules'

const CLEANED_AT_ONCE = 10_000

/** How long Redis has to hear that the last job ended; closing waits for it for ever (milliseconds). */
const FAREWELL = 2_000

interface WorkerContext {
  app: ApplicationService
  manager: QueueManager
  config: QueueConfig
  schedule: Schedule[]
  logger: Logger
}

/**
 * The background process: works on queues, relays the outbox and tidies up.
 * It starts and goes on without Redis or Postgres, and does its work when they
 * are back.
 */
export class QueueWorker {
  readonly #context: WorkerContext
  readonly #outages: OutageLog
  readonly #deliveries: Deliveries
  readonly #runner: JobRunner
  readonly #failures: JobFailures
  readonly #deadLetters: DeadLetters
  readonly #relay: OutboxRelay
  readonly #schedules: Schedules
  #workers: Worker[] = []
  #tasks: Periodic[] = []
  #heartbeat?: Periodic

  constructor(context: WorkerContext) {
    const { app, manager, config, schedule, logger } = context
    const registry = new JobRegistry(config.jobs)
    const { postponement, rescuePeriod } = config.worker

    this.#context = context
    this.#outages = new OutageLog(logger)
    this.#deliveries = new Deliveries(
      (queue, count) => manager.nextInLine(queue, count),
      config.outbox.heartbeat
    )
    this.#runner = new JobRunner(app, registry, this.#deliveries, postponement, logger)
    this.#failures = new JobFailures(config.operator, logger)
    this.#deadLetters = new DeadLetters(
      manager,
      this.#runner,
      this.#deliveries,
      this.#failures,
      rescuePeriod
    )
    this.#relay = new OutboxRelay(manager, config.outbox)
    this.#schedules = new Schedules(manager, registry, schedule)
  }

  /** @param concurrency jobs of each queue at a time, instead of the queue's setting */
  start(queues: readonly QueueName[], concurrency?: number) {
    const { config } = this.#context
    const { outbox, worker } = config
    const every = (pause: number, task: string, work: () => Promise<unknown>) =>
      new Periodic(work, pause, (error) => this.#outages.warn(error, `${task} failed`)).start()

    this.#workers = queues.map((queue) => this.#open(queue, concurrency))
    this.#heartbeat = every(outbox.heartbeat, 'speaking for running jobs', () =>
      this.#deliveries.speakForRunning()
    )
    this.#tasks = [
      every(outbox.relayInterval, 'relaying the outbox', () => this.#relay.relay()),
      every(worker.sweepInterval, 'pruning the outbox', () => this.#relay.prune()),
      every(worker.sweepInterval, 'forgetting failures', () =>
        this.#failures.forgetOlderThan(config.keepDeadLetters)
      ),
      every(worker.sweepInterval, 'keeping schedules', () => this.#schedules.sync()),
      every(worker.sweepInterval, 'sweeping queues', () => this.#sweep(queues)),
    ]
  }

  /**
   * Takes no more jobs and lets those that run finish within the grace period;
   * the rest is run again by another worker. Answers whether all finished.
   */
  async stop(): Promise<boolean> {
    const closed = Promise.all([
      ...this.#workers.map((worker) => worker.close()),
      ...this.#tasks.map((task) => task.stop()),
    ])
    const closedWithoutRedis = this.#runner
      .idle()
      .then(() => sleep(FAREWELL, undefined, { ref: false }))
    const isDrained = await Promise.race([
      Promise.race([closed, closedWithoutRedis])
        .then(() => this.#deliveries.settled())
        .then(() => true),
      sleep(this.#context.config.worker.gracePeriod, false, { ref: false }),
    ])
    await this.#heartbeat?.stop()
    return isDrained
  }

  #open(queue: QueueName, concurrency?: number) {
    const { config } = this.#context
    const { lockDuration, stalledInterval, maxStalledCount } = config.worker
    const worker = new Worker(queue, (job, token) => this.#runner.run(job, token), {
      connection: {
        ...config.connection,
        maxRetriesPerRequest: null,
        socketTimeout: 15_000,
        retryStrategy: (times: number) => Math.min(times * 200, 2_000),
      },
      prefix: config.prefix,
      concurrency: concurrency ?? config.queues[queue].concurrency,
      lockDuration,
      stalledInterval,
      maxStalledCount,
      runRetryDelay: 1_000,
    })
    worker.on('error', (error) => this.#outages.warn(error, 'a worker is held up'))
    worker.on('failed', (job, error) => {
      if (!job?.finishedOn) return
      this.#deadLetters
        .bury(job, error)
        .catch((reason) => this.#outages.warn(reason, 'a failed job waits to be buried'))
    })
    return worker
  }

  /** BullMQ removes aged jobs only when another one ends, and not those of dead queues. */
  async #sweep(queues: readonly QueueName[]) {
    const { manager, config } = this.#context
    for (const name of queues) {
      const queue = await manager.open(name)
      await this.#deadLetters.sweep(queue)
      await queue.clean(config.keepCompletedSeconds * 1_000, CLEANED_AT_ONCE, 'completed')

      const letters = await manager.open(deadLetterQueue(name))
      await letters.clean(config.keepDeadLetters, CLEANED_AT_ONCE, 'wait')
    }
  }
}
