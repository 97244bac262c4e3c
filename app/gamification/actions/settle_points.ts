import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Assessment } from '#gamification/queries/assessment'

/** Appends to the ledger what is missing or too much; Postgres keeps the balance. */
export class SettlePoints {
  async handle(userId: string, { entries }: Assessment, trx: TransactionClientContract) {
    for (let start = 0; start < entries.length; start += 1_000) {
      const rows = entries
        .slice(start, start + 1_000)
        .map((entry) => ({ user_id: userId, id: randomUUIDv7(), ...entry }))
      await trx.insertQuery().table('point_transactions').multiInsert(rows)
    }
  }
}
