import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf } from '#core/database/connection_of'

/** Rows that travel together: enough to be quick, few enough to forget. */
const BATCH = 2_000

/**
 * Reads one user's rows as they are at this moment, however long it takes, on a
 * connection of its own. Nothing can be written.
 */
export async function snapshotOf<T>(
  userId: string,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.connection('snapshots').transaction(
    async (trx) => {
      await trx.rawQuery('SET TRANSACTION READ ONLY')
      await trx.rawQuery(`SELECT set_config('finora.user_id', ?, true)`, [userId])
      return work(trx)
    },
    { isolationLevel: 'repeatable read' }
  )
}

/**
 * The text that `write` makes of such a snapshot. Nothing is read before it is
 * wanted. The stream ends only if all of it was written, else it breaks with the
 * error; destroyed, or aborted, it lets go of the snapshot.
 */
export function snapshotStream(
  userId: string,
  write: (trx: TransactionClientContract) => AsyncIterable<string>,
  signal?: AbortSignal
): Readable {
  const stream = new PassThrough()
  snapshotOf(userId, (trx) => pipeline(write(trx), stream, { signal })).catch((error) =>
    stream.destroy(error)
  )
  return stream
}

/**
 * The rows of a query in batches, from a cursor of Postgres: memory stays flat,
 * and each batch has the time of a statement. One query at a time.
 */
export async function* batchesOf<Row extends object>(
  sql: string,
  trx: TransactionClientContract,
  values: unknown[] = []
): AsyncGenerator<Row[]> {
  const connection = await connectionOf(trx)
  await connection.query(`DECLARE batches NO SCROLL CURSOR FOR ${sql}`, values)
  for (;;) {
    const { rows } = await trx.rawQuery<{ rows: Row[] }>(`FETCH ${BATCH} FROM batches`)
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) break
  }
  await trx.rawQuery('CLOSE batches')
}
