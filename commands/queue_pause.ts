import { args, BaseCommand } from '@adonisjs/core/ace'
import { saidOf } from '#core/console/said_of'
import { QueueInspector } from '#core/queue/inspector'
import { queueNamed } from '#core/queue/queues'

export default class QueuePause extends BaseCommand {
  static commandName = 'queue:pause'
  static description = 'Let the jobs of a queue wait; those that run finish'
  static options = { startApp: true }

  @args.string({ description: 'The queue' })
  declare queue: string

  async run() {
    try {
      const queue = queueNamed(this.queue)
      const inspector = await this.app.container.make(QueueInspector)
      await inspector.pause(queue)
      this.logger.success(
        `${queue} is paused; its jobs wait until "node ace queue:resume ${queue}"`
      )
    } catch (error) {
      this.logger.error(saidOf(error))
      this.exitCode = 1
    }
  }
}
