import type {} from '@rlanz/bull-queue'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import type { QueueManager } from '#core/queue/queue_manager'
import type { QueueConfig } from '#core/queue/define_config'

declare module '@adonisjs/core/types' {
  interface ContainerBindings {
    queue: QueueManager
  }
}

/**
 * Binds our queue manager, also under the key of @rlanz/bull-queue, so that its
 * service import is ours. Nothing connects before the first job.
 */
export default class QueueProvider {
  #manager?: QueueManager

  constructor(protected app: ApplicationService) {}

  async register() {
    this.app.container.singleton('queue', async (resolver) => {
      const { QueueManager: Manager } = await import('#core/queue/queue_manager')
      const config = this.app.config.get<QueueConfig>('queue')
      this.#manager = new Manager(config, await resolver.make('logger'))
      return this.#manager
    })
    this.app.container.singleton(
      'rlanz/queue',
      async (resolver) =>
        (await resolver.make('queue')) as unknown as ContainerBindings['rlanz/queue']
    )
  }

  async shutdown() {
    if (!this.#manager) return

    const { outbox } = await import('#core/database/outbox')
    await outbox.settled()
    await this.#manager.closeAll()
  }
}
