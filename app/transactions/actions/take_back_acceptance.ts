import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type { Reader } from '#core/database/tenant'
import { Reconciled } from '#core/http/problem'
import type Proposal from '#transactions/models/proposal'

const IS_RECONCILED = `
  SELECT 1 FROM transactions WHERE user_id = $1 AND id = ANY($2::uuid[]) AND reconciled LIMIT 1
`

/**
 * Each field becomes what it was, unless it was changed since. With nothing
 * changed since, the transaction is the same to the byte.
 */
const RESTORE = `
  UPDATE transactions t
  SET (kind, transfer_id, category_id, identity, external_id, booked_on, updated_at) = (
    SELECT was.kind, was.transfer_id,
      (SELECT c.id FROM categories c WHERE c.user_id = $1 AND c.id = was.category_id),
      was.identity, was.external_id, was.booked_on,
      CASE WHEN to_jsonb(t) -> 'updated_at' = change.after -> 'updated_at' THEN was.updated_at
        ELSE clock_timestamp() END
    FROM jsonb_populate_record(t, (
      SELECT coalesce(jsonb_object_agg(field.key, field.value), '{}')
      FROM jsonb_each(change.before) AS field
      WHERE to_jsonb(t) -> field.key IS NOT DISTINCT FROM change.after -> field.key
    )) AS was
  )
  FROM jsonb_to_recordset($2::jsonb) AS change(id uuid, before jsonb, after jsonb)
  WHERE t.user_id = $1 AND t.id = change.id
`

/** Takes back what the acceptance of a proposal changed. */
export class TakeBackAcceptance {
  /** Throws `Reconciled` when a statement has proven what it would change. */
  async handle(proposal: Proposal, trx: TransactionClientContract) {
    const reader = readerOf(trx)
    const { userId, changes } = proposal
    const ids = changes!.map(({ id }) => id)
    const reconciled = await reader.query(IS_RECONCILED, [userId, ids])
    if (reconciled.length > 0) throw new Reconciled()

    await reader.query(RESTORE, [userId, JSON.stringify(changes)])
    if (proposal.kind === 'duplicate') await this.#freeIdentity(proposal, reader)
  }

  /** A person may have deleted the merged transaction: the bank's identity wasn't theirs. */
  async #freeIdentity({ userId, transactionId, matchId }: Proposal, reader: Reader) {
    await reader.query(
      `UPDATE transaction_tombstones SET identity = NULL WHERE user_id = $1 AND id = $2`,
      [userId, matchId]
    )
    await reader.query(
      `UPDATE transaction_tombstones SET replaced_by = NULL WHERE user_id = $1 AND id = $2`,
      [userId, transactionId]
    )
  }
}
