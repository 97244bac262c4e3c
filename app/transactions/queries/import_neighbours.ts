import type { Reader } from '#core/database/tenant'
import type { Days } from '#transactions/domain/staged_lines'
import { isByHand } from '#transactions/queries/near_matches'
import { MOST_DAYS_APART } from '#transactions/queries/proposal_conditions'

interface Chunk {
  userId: string
  importId: string
  days: Days | null
}

/** What a chunk of rows has to be held against, beside the identities of the ledger. */
export class ImportNeighbours {
  /** A few looks at indexes: for most files there is nothing more to do. */
  async handle(reader: Reader, { userId, importId, days }: Chunk) {
    const [found] = await reader.query<{
      hasGone: boolean
      hasByHand: boolean
      hasOthers: boolean
    }>(
      `SELECT EXISTS (
         SELECT 1 FROM transaction_tombstones WHERE user_id = $1 AND identity IS NOT NULL
       ) AS "hasGone", EXISTS (
         SELECT 1 FROM transactions t WHERE t.user_id = $1 AND ${isByHand('t')}
           AND t.booked_on BETWEEN $2::date - ${MOST_DAYS_APART} AND $3::date + ${MOST_DAYS_APART}
       ) AS "hasByHand",
       EXISTS (SELECT 1 FROM transactions WHERE user_id = $1 AND import_id < $4)
         OR EXISTS (SELECT 1 FROM transactions WHERE user_id = $1 AND import_id > $4)
         OR EXISTS (SELECT 1 FROM transactions WHERE user_id = $1 AND import_id IS NULL)
       AS "hasOthers"`,
      [userId, days?.first ?? null, days?.last ?? null, importId]
    )
    return found
  }
}
