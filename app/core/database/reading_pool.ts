import pg from 'pg'
import { createHash } from 'node:crypto'
import logger from '@adonisjs/core/services/logger'
import { connections } from '#config/database'

/**
 * Connections of the application role for reads. Queries of one read are
 * pipelined: opening the scope, asking and closing cost one round trip. Writes
 * and COPY use Lucid's pool, which doesn't pipeline.
 */
export const readingPool = new pg.Pool({
  ...connections.app,
  pipeline: true,
  idleTimeoutMillis: 30_000,
} as pg.PoolConfig)

/**
 * A connection that breaks also says so as an event, in use or idle; unheard, it
 * would end the process. Whoever was asking gets the error too.
 */
readingPool.on('connect', (connection) => {
  connection.on('error', (error) => logger.warn({ err: error }, 'a reading connection broke'))
})
readingPool.on('error', () => {})

/** Each costs every connection memory; what filters combine to is planned anew. */
const MOST_PREPARED = 200

const names = new Map<string, string>()

/** A query that Postgres plans once per connection. */
export function prepared(text: string, values: unknown[]): pg.QueryConfig {
  let name = names.get(text)
  if (!name && names.size >= MOST_PREPARED) return { text, values }
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return { name, text, values }
}
