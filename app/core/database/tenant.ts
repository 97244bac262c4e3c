import db from '@adonisjs/lucid/services/db'
import type { PoolClient } from 'pg'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { confirmEffect } from '#core/http/effect'
import { committed } from '#core/database/committed'
import { prepared, readingPool } from '#core/database/reading_pool'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Asks in the scope of one user. Rows come as plain objects, `bigint` as safe integers. */
export interface Reader {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
}

/**
 * Every access to users' data happens inside the scope of one user: row-level
 * security shows nothing without it. This is the only place that opens one.
 */
class Tenant {
  /** Runs `work` in a transaction that sees and writes only this user's rows. */
  async transaction<T>(userId: string, work: (trx: TransactionClientContract) => Promise<T>) {
    return committed(db.connection('app'), async (trx) => {
      await trx.rawQuery(`SELECT set_config('finora.user_id', ?, true)`, [userId])
      const value = await work(trx)
      await confirmEffect(userId, trx)
      return value
    })
  }

  /**
   * A transaction that changes what the user's analytics show. Those of one user
   * run one after the other (no deadlocks between their totals), and each makes
   * what was cached before it unreachable by moving the ledger's version on.
   */
  async ledger<T>(userId: string, work: (trx: TransactionClientContract) => Promise<T>) {
    return this.transaction(userId, async (trx) => {
      await trx.rawQuery('UPDATE users SET ledger_version = ledger_version + 1 WHERE id = ?', [
        userId,
      ])
      return work(trx)
    })
  }

  /**
   * Reads in one snapshot of one user's rows. Queries issued together travel
   * together.
   */
  async read<T>(userId: string, work: (reader: Reader) => Promise<T>): Promise<T> {
    if (!UUID.test(userId)) throw new TypeError('a tenant scope needs a user id')

    const client = await readingPool.connect()
    const opened = client.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL finora.user_id = '${userId}'`
    )
    try {
      const [value] = await Promise.all([work(this.#reader(client)), opened])
      return value
    } finally {
      client.query('COMMIT').then(
        () => client.release(),
        (error) => client.release(error)
      )
    }
  }

  #reader(client: PoolClient): Reader {
    return {
      async query<Row extends object>(text: string, values: unknown[] = []) {
        const { rows } = await client.query<Row>(prepared(text, values))
        return rows
      },
    }
  }
}

export const tenant = new Tenant()
