import type {} from '@rlanz/bull-queue'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import type { QueueConfig } from '#core/queue/define_config'
import { QueueManager } from '#core/queue/queue_manager'

/**
 * Binds our queue manager, also under the key of @rlanz/bull-queue, so that its
 * service import is ours. Nothing connects before the first job.
 */
export default class QueueProvider {
  #manager?: QueueManager

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(QueueManager, async (resolver) => {
      const config = this.app.config.get<QueueConfig>('queue')
      this.#manager = new QueueManager(config, await resolver.make('logger'))
      return this.#manager
    })
    this.app.container.singleton('rlanz/queue', async (resolver) => {
      const manager = await resolver.make(QueueManager)
      return manager as unknown as ContainerBindings['rlanz/queue']
    })
  }

  async shutdown() {
    if (!this.#manager) return

    const { outbox } = await import('#core/database/outbox')
    await outbox.settled()
    await this.#manager.closeAll()
  }
}
