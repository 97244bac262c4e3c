import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { confirmEffect } from '#core/http/effect'
import { Unauthenticated } from '#core/http/problem'
import { committed } from '#core/database/committed'
import type { Statement } from '#core/database/read_batch'
import { rememberedLedgers } from '#core/database/remembered_ledgers'
import { prepared, readTogether } from '#core/database/reading_pool'
import { isUuid } from '#core/database/uuid'

/** Asks in the scope of one user. Rows come as plain objects, `bigint` as safe integers. */
export interface Reader {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
}

/**
 * Whoever claims to be a user, and what still has to prove it: a statement that
 * finds a row in that user's scope, or nothing.
 */
export interface Credential {
  userId: string
  proof?: Statement
}

const SCOPE = `SELECT set_config('finora.user_id', $1, true)`
const NEXT_VERSION = `
  UPDATE users SET ledger_version = ledger_version + 1 WHERE id = ?
  RETURNING set_config('finora.ledger_version', ledger_version::text, true)`
const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/**
 * Every access to users' data happens inside the scope of one user: row-level
 * security shows nothing without it. This is the only place that opens one.
 */
class Tenant {
  /** Runs `work` in a transaction that sees and writes only this user's rows. */
  async transaction<T>(userId: string, work: (trx: TransactionClientContract) => Promise<T>) {
    try {
      return await committed(db.connection('app'), async (trx) => {
        await trx.rawQuery(`SELECT set_config('finora.user_id', ?, true)`, [userId])
        const value = await work(trx)
        await confirmEffect(userId, trx)
        return value
      })
    } finally {
      await rememberedLedgers.forget(userId)
    }
  }

  /**
   * A transaction that changes what the user's analytics show. Those of one user
   * run one after the other (no deadlocks between their totals), and each makes
   * what was cached before it unreachable by moving the ledger's version on. The
   * transactions it writes are numbered by that version.
   */
  async ledger<T>(userId: string, work: (trx: TransactionClientContract) => Promise<T>) {
    return this.transaction(userId, async (trx) => {
      await trx.rawQuery(NEXT_VERSION, [userId])
      return work(trx)
    })
  }

  /**
   * Reads in one snapshot of one user's rows. Everything is asked at once: all
   * queries are issued before the first is awaited, and travel as one message.
   *
   * @throws Unauthenticated when a credential's proof finds nothing
   */
  async read<T>(whose: string | Credential, work: (reader: Reader) => Promise<T>): Promise<T> {
    const credential = typeof whose === 'string' ? { userId: whose } : whose
    const { promise: answers, resolve } = Promise.withResolvers<object[][]>()
    const questions: Statement[] = []
    let isAsked = false

    const value = work({
      async query<Row extends object>(text: string, values: unknown[] = []) {
        if (isAsked) throw new TypeError('A read asks everything at once')
        const position = questions.push(prepared(text, values)) - 1
        const rows = await answers
        return rows[position] as Row[]
      },
    })
    isAsked = true
    resolve(this.#ask(credential, questions))
    await Promise.all([value, answers])
    return value
  }

  /** Alone, a question has one snapshot anyway; several share one. */
  async #ask({ userId, proof }: Credential, questions: Statement[]) {
    if (!isUuid(userId)) throw new TypeError('a tenant scope needs a user id')

    const lead = [prepared(SCOPE, [userId])]
    if (proof) lead.push(proof)
    if (questions.length > 1) lead.unshift(prepared(SNAPSHOT, []))
    const trail = questions.length > 1 ? [prepared('COMMIT', [])] : []

    const results = await readTogether([...lead, ...questions, ...trail])
    if (proof && results[lead.indexOf(proof)].length === 0) throw new Unauthenticated()
    return results.slice(lead.length)
  }
}

export const tenant = new Tenant()
