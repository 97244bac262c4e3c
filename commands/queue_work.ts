import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { QueueConfig } from '#core/queue/define_config'
import { isQueueName, queueNames, UnknownQueue } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'

/**
 * How long the process may live on when all is closed (milliseconds): a job that
 * won't end would hold it, and so do the timers that ioredis leaves behind.
 */
const LAST_MOMENT = 1_000

export default class QueueWork extends BaseCommand {
  static commandName = 'queue:work'
  static description = 'Work on the queues and relay the outbox, until SIGTERM or SIGINT'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.array({ description: 'The queues to work on, all of them unless given' })
  declare queues?: string[]

  @flags.number({ description: 'Jobs of each queue at a time, instead of the settings' })
  declare concurrency?: number

  async run() {
    const queues = this.queues?.flatMap((names) => names.split(',')) ?? [...queueNames]
    const problem = this.#problemWith(queues)
    if (problem) {
      this.logger.error(problem)
      this.exitCode = 1
      await this.terminate()
      return
    }

    const { QueueManager } = await import('#core/queue/queue_manager')
    const { QueueWorker } = await import('#core/queue/queue_worker')
    const { schedule } = await import('#start/schedule')
    const logger = await this.app.container.make('logger')
    const worker = new QueueWorker({
      app: this.app,
      manager: await this.app.container.make(QueueManager),
      config: this.app.config.get<QueueConfig>('queue'),
      schedule,
      logger,
    })

    this.app.listen('SIGINT', () => this.terminate())
    this.app.terminating(async () => {
      logger.info('worker stops: no new jobs, the running ones may finish')
      const isDrained = await worker.stop()
      logger.info({ isDrained }, 'worker stopped')
      setTimeout(() => process.exit(), LAST_MOMENT).unref()
    })
    worker.start(queues as QueueName[], this.concurrency)
    logger.info({ queues }, 'worker started')
  }

  #problemWith(queues: string[]) {
    const unknown = queues.find((name) => !isQueueName(name))
    if (unknown !== undefined) return new UnknownQueue(unknown).message
    const { concurrency = 1 } = this
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      return 'concurrency is a whole number from 1 on'
    }
    return null
  }
}
