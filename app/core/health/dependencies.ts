import redis from '@adonisjs/redis/services/main'
import { readingPool } from '#core/database/reading_pool'
import { SharedAnswers } from '#core/database/shared_answers'

const PATIENCE_MS = 1_500

/** Probes have no rate limit: however many ask at a time, one question goes out. */
const shared = new SharedAnswers<boolean>()

/** Whether Postgres answers a query right now; a silent one counts as gone. */
export function databaseAnswers() {
  return shared.ask('database', () => answers(() => readingPool.query('SELECT 1')))
}

/** Whether Redis answers a PING right now. */
export function cacheAnswers() {
  return shared.ask('cache', () => answers(() => redis.connection('main').ping()))
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
