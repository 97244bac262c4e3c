import app from '@adonisjs/core/services/app'
import redis from '@adonisjs/redis/services/main'
import limiter from '@adonisjs/limiter/services/main'
import logger from '@adonisjs/core/services/logger'
import type { LimiterResponse } from '@adonisjs/limiter'
import type { Rate } from '#core/http/limits/rate'
import { OutageLog } from '#core/queue/outage_log'

/** How long a request waits for Redis, and how long Redis is left alone after that (milliseconds). */
const PATIENCE = 500
const REST = 2_000

let restsUntil = 0
const outages = new OutageLog(logger)

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
  if (!isReady()) return undefined

  const counters = limiter.use('redis', { requests, duration: seconds })
  const patience = Promise.withResolvers<never>()
  const timer = setTimeout(() => patience.reject(new Error('Redis is slow')), PATIENCE)
  try {
    const counted = counters.increment(`${limit}:${client}`, amount)
    return await Promise.race([counted, patience.promise])
  } catch (error) {
    restsUntil = performance.now() + REST
    outages.warn(error, 'limits are held by each process alone')
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The connection opens at the first count; until it stands, nobody waits for it. A
 * process that ends opens none: nobody would close it, and it would never end.
 */
function isReady() {
  if (app.isTerminating || performance.now() < restsUntil) return false

  const { ioConnection } = redis.connection('main')
  if (ioConnection.status === 'wait') ioConnection.connect().catch(() => {})
  return ioConnection.status === 'ready'
}
