import limiter from '@adonisjs/limiter/services/main'
import type { LimiterResponse } from '@adonisjs/limiter'
import { BoundedRedis } from '#core/redis/bounded_redis'
import type { Rate } from '#core/http/limits/rate'

const redis = new BoundedRedis('limits are held by each process alone')

/**
 * Counts in Redis, where all processes count. Answers undefined when Redis doesn't,
 * in bounded time: each process then holds its limits alone.
 */
export async function countTogether(
  limit: string,
  { requests, seconds }: Rate,
  client: string,
  amount: number
): Promise<LimiterResponse | undefined> {
  if (!redis.isReady) return undefined

  const counters = limiter.use('redis', { requests, duration: seconds })
  return redis.ask(() => counters.increment(`${limit}:${client}`, amount))
}
