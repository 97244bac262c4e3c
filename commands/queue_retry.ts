import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { saidOf } from '#core/console/said_of'
import { QueueInspector } from '#core/queue/inspector'
import { queueNamed, type QueueName } from '#core/queue/queues'

export default class QueueRetry extends BaseCommand {
  static commandName = 'queue:retry'
  static description = 'Run dead letters of a queue again, or list them'
  static options = { startApp: true }

  @args.string({ description: 'The queue' })
  declare queue: string

  @args.spread({ description: 'Ids of letters or of their jobs', required: false })
  declare ids?: string[]

  @flags.boolean({ description: 'Every dead letter of the queue' })
  declare all: boolean

  async run() {
    try {
      const queue = queueNamed(this.queue)
      const inspector = await this.app.container.make(QueueInspector)
      if (this.all) return this.#tellAll(queue, await inspector.retryAll(queue))
      if (this.ids?.length) return await this.#retry(inspector, queue, this.ids)
      await this.#list(inspector, queue)
    } catch (error) {
      this.logger.error(saidOf(error))
      this.exitCode = 1
    }
  }

  async #retry(inspector: QueueInspector, queue: QueueName, ids: string[]) {
    let retried = 0
    for (const id of ids) {
      if (await inspector.retry(queue, id)) retried++
      else {
        this.logger.error(`${queue} has no dead letter "${id}"`)
        this.exitCode = 1
      }
    }
    if (retried > 0) this.#tell(retried)
  }

  async #list(inspector: QueueInspector, queue: QueueName) {
    const [letters, total] = await Promise.all([
      inspector.deadLetters(queue),
      inspector.deadLetterCount(queue),
    ])
    const table = this.ui.table()
    table.head(['Job', 'Id', 'Attempts', 'Failed', 'Error'])
    for (const { job, jobId, attempts, failedAt, error } of letters) {
      table.row([job, jobId, attempts === null ? '?' : String(attempts), failedAt, error])
    }
    table.render()
    if (total > letters.length) this.logger.log(`the newest ${letters.length} of ${total}`)
    this.logger.log('name ids, or --all, to run them again')
  }

  #tellAll(queue: QueueName, retried: number) {
    if (retried > 0) this.#tell(retried)
    else this.logger.info(`${queue} has no dead letters`)
  }

  #tell(retried: number) {
    this.logger.success(`${retried} ${retried === 1 ? 'job runs' : 'jobs run'} again`)
  }
}
