import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { Conflict } from '#core/http/problem'
import Import from '#transactions/models/import'
import type { default as Proposal, Change } from '#transactions/models/proposal'
import Transaction from '#transactions/models/transaction'
import { changeOf } from '#transactions/queries/changes'

/** Everything of the imported one, to bring it back. */
const IMAGE = `
  SELECT jsonb_build_object('transaction', to_jsonb(t), 'splits', coalesce((
    SELECT jsonb_agg(to_jsonb(s) ORDER BY s.position) FROM transaction_splits s
    WHERE s.user_id = t.user_id AND s.transaction_id = t.id
  ), '[]')) AS image
  FROM transactions t WHERE t.user_id = $1 AND t.id = $2
`

/** The bank knows how it is recognised and when it was booked; the person knows the rest. */
const TAKE_OVER = `
  UPDATE transactions t SET identity = $3, external_id = $4, booked_on = $5, updated_at = clock_timestamp()
  FROM transactions old
  WHERE t.user_id = $1 AND t.id = $2 AND old.user_id = t.user_id AND old.id = t.id
  RETURNING ${changeOf('old', 't')} AS change
`

/**
 * Makes one transaction of an imported one and the one a person had entered
 * before: theirs stays, with all they set, and takes the bank's identity and day.
 */
export class MergeDuplicate {
  async handle(proposal: Proposal, trx: TransactionClientContract) {
    const { userId } = proposal
    const { imported, byHand } = await this.#pair(proposal, trx)
    const reader = readerOf(trx)

    const [{ image }] = await reader.query<{ image: object }>(IMAGE, [userId, imported.id])
    await proposal.accept({ removed: image }, trx)
    await reader.query(`DELETE FROM transactions WHERE user_id = $1 AND id = $2`, [
      userId,
      imported.id,
    ])
    await reader.query(
      `UPDATE transaction_tombstones SET identity = NULL, replaced_by = $3 WHERE user_id = $1 AND id = $2`,
      [userId, imported.id, byHand.id]
    )
    const { identity, externalId, bookedOn } = imported
    const changes = await reader.query<{ change: Change }>(TAKE_OVER, [
      userId,
      byHand.id,
      identity,
      externalId,
      bookedOn,
    ])
    await proposal.remember(changes, trx)
    await this.#judge(proposal, trx)
  }

  async #pair(proposal: Proposal, trx: TransactionClientContract) {
    const imported = await Transaction.find(proposal.transactionId, { client: trx })
    const byHand = await Transaction.find(proposal.matchId, { client: trx })
    imported?.refuseReconciled()
    byHand?.refuseReconciled()
    const fits =
      imported &&
      byHand &&
      !imported.isTransfer &&
      byHand.identity === null &&
      imported.accountId === byHand.accountId &&
      imported.amountMinor === byHand.amountMinor
    if (!fits) throw new Conflict('One of the two has become another transaction since.')
    return { imported, byHand }
  }

  async #judge({ importId, rowNumber, matchId }: Proposal, trx: TransactionClientContract) {
    await readerOf(trx).query(
      `UPDATE import_rows SET verdict = 'duplicate', rule = 'merged', transaction_id = $3
       WHERE import_id = $1 AND number = $2`,
      [importId, rowNumber, matchId]
    )
    const record = await Import.lock(importId, trx)
    await record.recount('imported', 'duplicate', trx)
  }
}
