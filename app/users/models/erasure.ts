import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { outbox } from '#core/database/outbox'
import { system } from '#core/database/system'

/** An erasure that is waiting this long without a job in the outbox has lost its job. */
const LOST_AFTER = '10 minutes'

/**
 * That a person has asked to be erased, and when it was done: all that is left of
 * them beside the audit log. After a backup is restored it says who must go again.
 */
export class Erasure {
  /** Has everything of the user's erased once `trx` is committed. */
  static async request(userId: string, trx: TransactionClientContract) {
    const { default: EraseUser } = await import('#users/jobs/erase_user')
    await trx.insertQuery().table('erasures').insert({ user_id: userId })
    await outbox.enqueue(EraseUser, { userId }, trx)
  }

  /** Answers false when it was completed before, or never asked for. */
  static async complete(userId: string, trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      'UPDATE erasures SET erased_at = now() WHERE user_id = ? AND erased_at IS NULL',
      [userId]
    )
    return rowCount === 1
  }

  static async isOpen(userId: string, trx: TransactionClientContract) {
    const row = await trx.from('erasures').where('user_id', userId).whereNull('erased_at').first()
    return row !== null && row !== undefined
  }

  /** Who still waits although nobody works on it: their job became a dead letter. */
  static async forsaken(): Promise<string[]> {
    return system.transaction(async (trx) => {
      const { rows } = await trx.rawQuery<{ rows: { user_id: string }[] }>(
        `SELECT user_id FROM erasures e
         WHERE erased_at IS NULL AND requested_at < now() - ?::interval AND NOT EXISTS (
           SELECT 1 FROM outbox WHERE job = 'erase-user' AND payload->>'userId' = e.user_id::text
             AND finished_at IS NULL AND failed_at IS NULL
         )`,
        [LOST_AFTER]
      )
      return rows.map((row) => row.user_id)
    })
  }
}
