import pg from 'pg'
import type { DatabaseError, PoolClient } from 'pg'
import { createHash } from 'node:crypto'
import logger from '@adonisjs/core/services/logger'
import { connections } from '#config/database'
import { ReadBatch, type Statement } from '#core/database/read_batch'

/**
 * Connections of the application role for reads: all that a read asks travels in
 * one message (see `ReadBatch`). Plans are made once per connection, for any
 * values; otherwise Postgres plans a list of ids anew each time, which takes
 * longer than finding them. Writes and COPY use Lucid's pool.
 */
export const readingPool = new pg.Pool({
  ...connections.app,
  options: '-c plan_cache_mode=force_generic_plan',
  idleTimeoutMillis: 30_000,
})

/**
 * A connection that breaks also says so as an event, in use or idle; unheard, it
 * would end the process. Whoever was asking gets the error too.
 */
readingPool.on('connect', (connection) => {
  connection.on('error', (error) => logger.warn({ err: error }, 'a reading connection broke'))
})
readingPool.on('error', () => {})

/** A change of the schema came in between: the plans of this connection are of no use. */
const OUTDATED = new Set(['0A000', '26000'])

/** Rows of each statement. A connection that saw an error is not used again. */
export async function readTogether(statements: Statement[]) {
  for (let tries = 0; ; tries++) {
    try {
      return await send(statements)
    } catch (error) {
      const isOutdated = OUTDATED.has((error as DatabaseError).code ?? '')
      if (!isOutdated || tries > readingPool.options.max) throw error
    }
  }
}

async function send(statements: Statement[]) {
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>[][]>()
  let client: PoolClient
  const batch = new ReadBatch(statements, (error, results) => {
    client.release(error !== undefined && error !== null)
    if (results && !error) resolve(results)
    else reject(error)
  })
  client = await readingPool.connect()
  client.query(batch)
  return promise
}

/** Each costs every connection memory; what filters combine to is planned anew. */
const MOST_PREPARED = 200

const names = new Map<string, string>()

/** A statement that Postgres plans once per connection. */
export function prepared(text: string, values: unknown[]): Statement {
  let name = names.get(text)
  if (!name && names.size >= MOST_PREPARED) return { text, values }
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return { name, text, values }
}
