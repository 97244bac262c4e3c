import { erasedInBatches } from '#config/personal_data'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { eraseBytesOf } from '#core/storage/erase_bytes'
import { patiently } from '#core/storage/patiently'
import UserErased from '#users/events/user_erased'
import { Erasure } from '#users/models/erasure'

/** Rows that go in one transaction: what a killed worker has to do again at most. */
const BATCH = 5_000

/**
 * Erases everything of a user who asked for it, rows first, then bytes. It can be
 * cut off anywhere and begun again: what is gone stays gone, and the erasure is
 * open until nothing is left.
 */
export default class CarryOutErasure {
  async handle({ userId }: { userId: string }) {
    const isOpen = await tenant.transaction(userId, (trx) => Erasure.isOpen(userId, trx))
    if (!isOpen) return

    for (const table of erasedInBatches) {
      while ((await this.#eraseBatch(table, userId)) === BATCH);
    }
    await tenant.ledger(userId, (trx) => trx.from('users').where('id', userId).delete())
    await patiently(() => eraseBytesOf(userId))
    await UserErased.dispatch(userId)

    await tenant.transaction(userId, async (trx) => {
      if (await Erasure.complete(userId, trx)) {
        await audit.record({ actor: 'system', action: 'user.erased', userId }, trx)
      }
    })
  }

  /** Other writers of the ledger get their turn between batches, and find less and less. */
  async #eraseBatch(table: string, userId: string) {
    return tenant.ledger(userId, async (trx) => {
      const { rowCount } = await trx.rawQuery(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table} WHERE user_id = ? LIMIT ${BATCH}
         ))`,
        [userId]
      )
      return rowCount as number
    })
  }
}
