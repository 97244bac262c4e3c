import { args, BaseCommand } from '@adonisjs/core/ace'
import { saidOf } from '#core/console/said_of'
import { QueueInspector } from '#core/queue/inspector'
import { queueNamed } from '#core/queue/queues'

export default class QueueResume extends BaseCommand {
  static commandName = 'queue:resume'
  static description = 'Let a paused queue go on'
  static options = { startApp: true }

  @args.string({ description: 'The queue' })
  declare queue: string

  async run() {
    try {
      const queue = queueNamed(this.queue)
      const inspector = await this.app.container.make(QueueInspector)
      await inspector.resume(queue)
      this.logger.success(`${queue} goes on`)
    } catch (error) {
      this.logger.error(saidOf(error))
      this.exitCode = 1
    }
  }
}
