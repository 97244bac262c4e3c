import redis from '@adonisjs/redis/services/main'
import { readingPool } from '#core/database/reading_pool'

const PATIENCE_MS = 1_500

/** Whether Postgres answers a query right now; a silent one counts as gone. */
export function databaseAnswers() {
  return answers(() => readingPool.query('SELECT 1'))
}

/** Whether Redis answers a PING right now. */
export function cacheAnswers() {
  return answers(() => redis.connection('main').ping())
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  const patience = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => patience.resolve(false), PATIENCE_MS)
  const asked = ask().then(
    () => true,
    () => false
  )
  return Promise.race([asked, patience.promise]).finally(() => clearTimeout(timer))
}
