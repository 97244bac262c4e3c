import redis from '@adonisjs/redis/services/main'
import { live } from '#config/notifications'
import { OutageLog } from '#core/queue/outage_log'
import { BoundedRedis } from '#core/redis/bounded_redis'
import type { News } from '#notifications/domain/ledger_events'

type Listener = (userId: string, news: News) => void

/** More single changes than this are told as one. */
const MOST_CHANGES = 50

/**
 * What the workers tell the API processes, over Redis: whose view is old, never what is new.
 * A message that is lost costs nothing but time, since every stream looks by itself.
 */
class LiveChannel {
  readonly #redis = new BoundedRedis('live events come with the next heartbeat')
  readonly #outages = new OutageLog()
  #state: 'closed' | 'opening' | 'open' = 'closed'

  async publish(userId: string, news: News) {
    const { hasNotifications, changes, mayBeOver } = news
    if (!hasNotifications && !mayBeOver && changes.length === 0) return

    const told = changes.length > MOST_CHANGES ? [] : changes
    const message = JSON.stringify({ userId, news: { ...news, changes: told } })
    await this.#redis.ask((connection) => connection.publish(live.channel, message))
  }

  /** To be called again and again: does nothing once the channel is open. */
  listen(listener: Listener) {
    if (this.#state !== 'closed') return
    this.#state = 'opening'
    redis.connection('main').subscribe(
      live.channel,
      (message: string) => {
        const { userId, news } = JSON.parse(message)
        listener(userId, news)
      },
      {
        onSubscription: () => (this.#state = 'open'),
        onError: (error) => {
          this.#state = 'closed'
          this.#outages.warn(error, 'live events come with the next heartbeat')
        },
      }
    )
  }
}

export const liveChannel = new LiveChannel()
