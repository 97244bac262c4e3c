import type { Reader } from '#core/database/tenant'
import { isByHand, type ComparedPayees } from '#transactions/queries/near_matches'
import { IS_PROPOSED, MOST_DAYS_APART } from '#transactions/queries/proposal_conditions'

/** An imported transaction (`one`) and one entered by hand (`other`) with its account and amount. */
export interface BookedMatch extends ComparedPayees {
  one: string
  other: string
  importId: string
  identity: string | null
  daysApart: number
}

const MATCH = (seed: 'n' | 'h') => `
  SELECT n.id AS one, n.import_id AS "importId", n.identity, n.payee, n.bank_payee AS "bankPayee",
    n.description, h.id AS other, h.payee AS "matchPayee", h.transfer_id IS NOT NULL AS "isLeg",
    abs(h.booked_on - n.booked_on) AS "daysApart"
  FROM transactions n JOIN transactions h
    ON h.user_id = n.user_id AND h.account_id = n.account_id AND h.amount_minor = n.amount_minor
      AND h.booked_on BETWEEN n.booked_on - ${MOST_DAYS_APART} AND n.booked_on + ${MOST_DAYS_APART}
  WHERE n.user_id = $1 AND ${seed}.id = ANY($2::uuid[]) AND n.import_id IS NOT NULL
    AND n.transfer_id IS NULL AND NOT n.reconciled AND ${isByHand('h')}
    AND NOT ${IS_PROPOSED('n.id')} AND NOT ${IS_PROPOSED('h.id')}
    AND NOT EXISTS (
      SELECT 1 FROM proposals p
      WHERE p.user_id = $1 AND p.status = 'refused' AND p.match_id = h.id
        AND (p.transaction_id = n.id OR p.transaction_identity = n.identity)
    )`

const NUMBER = `
  SELECT number FROM import_rows
  WHERE user_id = $1 AND import_id = $2 AND transaction_id = $3 AND verdict = 'imported'
`

/** What transactions that nobody is asked about any more may be a second entry of. */
export class RefusedMatches {
  async handle(reader: Reader, userId: string, ids: string[]) {
    return reader.query<BookedMatch>(`${MATCH('n')} UNION ${MATCH('h')} LIMIT 1000`, [userId, ids])
  }

  /** The row of its import that became this transaction. */
  async numberOf(reader: Reader, userId: string, { importId, one }: BookedMatch) {
    const [row] = await reader.query<{ number: number }>(NUMBER, [userId, importId, one])
    return row?.number ?? null
  }
}
