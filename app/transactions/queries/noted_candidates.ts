import type { Reader } from '#core/database/tenant'
import type { Pair } from '#transactions/domain/best_pairs'
import { isByHand } from '#transactions/queries/near_matches'
import { IS_PROPOSED } from '#transactions/queries/proposal_conditions'

/** A row (`one`) and a transaction entered by hand (`other`) that it may be. */
export interface NotedCandidate extends Pair {
  one: number
  /** What the row became; nothing in a dry run. */
  transactionId: string | null
  identity: string | null
}

/** The candidates that were noted with the rows of an import and still are what they were then. */
export class NotedCandidates {
  async handle(reader: Reader, { userId, importId }: { userId: string; importId: string }) {
    return reader.query<NotedCandidate>(
      `SELECT r.number AS one, c.id AS other, c."daysApart", c.similarity,
         n.id AS "transactionId", n.identity
       FROM import_rows r
       CROSS JOIN LATERAL jsonb_to_recordset(r.candidates)
         AS c(id uuid, "daysApart" integer, similarity integer)
       JOIN transactions h ON h.user_id = $1 AND h.id = c.id AND ${isByHand('h')}
       LEFT JOIN transactions n ON n.user_id = $1 AND n.id = r.transaction_id
       WHERE r.user_id = $1 AND r.import_id = $2 AND r.candidates IS NOT NULL
         AND r.verdict = 'imported' AND NOT ${IS_PROPOSED('h.id')}
         AND (r.transaction_id IS NULL OR (n.account_id, n.amount_minor) = (h.account_id, h.amount_minor))`,
      [userId, importId]
    )
  }
}
