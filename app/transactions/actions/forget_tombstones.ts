import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tombstoneDays } from '#config/ledger'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'

/**
 * What a reversal took may come back. Those an import recognises a deleted row by
 * stay: by its identity, by its heir, or by its own id, which an export carries.
 */
const OLD = `identity IS NULL AND replaced_by IS NULL AND import_id IS NOT NULL
  AND removed_at < now() - ? * interval '1 day'`

/**
 * Forgets what went so long ago that every client has heard of it, or has to
 * start over: the horizon of the user's ledger moves with it.
 */
export default class ForgetTombstones {
  async handle() {
    const users = await system.transaction((trx) =>
      trx.from('transaction_tombstones').whereRaw(OLD, [tombstoneDays]).distinct('user_id')
    )
    for (const { user_id: userId } of users) {
      await tenant.transaction(userId, (trx) => this.#forget(userId, trx))
    }
  }

  /** The user's row is locked first, as by whoever writes to the ledger. */
  async #forget(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE users SET sync_horizon = greatest(sync_horizon,
         (SELECT max(removed_in) FROM transaction_tombstones WHERE ${OLD})) WHERE id = ?`,
      [tombstoneDays, userId]
    )
    await trx.rawQuery(
      `DELETE FROM transaction_tombstones t USING users u
       WHERE u.id = t.user_id AND t.removed_in <= u.sync_horizon AND ${OLD}`,
      [tombstoneDays]
    )
  }
}
