import { hashed } from '#core/database/hashed'
import type { Reader } from '#core/database/tenant'
import type { Days } from '#transactions/domain/staged_lines'
import {
  IS_PROPOSED,
  MOST_ALIKE,
  MOST_DAYS_APART,
  MOST_PAIRS,
} from '#transactions/queries/proposal_conditions'

/** Whom what was imported was with, and whom what was entered by hand. */
export interface ComparedPayees {
  payee: string
  bankPayee: string | null
  description: string | null
  matchPayee: string
  /** The payee of a leg recorded by hand is Finora's own word for it. */
  isLeg: boolean
}

/** A new row of a file, and a transaction entered by hand with its account and amount. */
export interface NearMatch extends ComparedPayees {
  number: number
  matchId: string
  daysApart: number
}

interface Chunk {
  userId: string
  importId: string
  days: Days
}

/** Entered by hand, not yet matched with what a bank says, and not proven by a statement. */
export const isByHand = (t: string) =>
  `${t}.import_id IS NULL AND ${t}.identity IS NULL AND NOT ${t}.reconciled`

const NEAR_MATCHES = `
  WITH by_hand AS MATERIALIZED (
    SELECT t.id, t.account_id, t.amount_minor, t.booked_on, t.payee, t.transfer_id,
      row_number() OVER (PARTITION BY t.account_id, t.amount_minor, t.booked_on ORDER BY t.id) AS nth
    FROM transactions t
    WHERE t.user_id = $1 AND ${isByHand('t')}
      AND t.booked_on BETWEEN $3::date - ${MOST_DAYS_APART} AND $4::date + ${MOST_DAYS_APART}
  ), pairs AS MATERIALIZED (
    SELECT s.number, s.identity, s.payee, s.bank_payee AS "bankPayee", s.description, h.id AS "matchId", h.payee AS "matchPayee",
      h.transfer_id IS NOT NULL AS "isLeg", abs(h.booked_on - s.booked_on) AS "daysApart"
    FROM by_hand h
    JOIN staged s ON s.account_id = h.account_id AND s.amount_minor = h.amount_minor
      AND abs(h.booked_on - s.booked_on) <= ${MOST_DAYS_APART}
    WHERE h.nth <= ${MOST_ALIKE}
    LIMIT ${MOST_PAIRS}
  )
  SELECT number, payee, "bankPayee", description, "matchId", "matchPayee", "isLeg", "daysApart"
  FROM pairs
  WHERE NOT ${IS_PROPOSED('"matchId"')}
    AND 'imported' = (
      SELECT r.verdict FROM import_rows r
      WHERE r.user_id = $1 AND r.import_id = $2 AND r.number = pairs.number
    )
    AND NOT EXISTS (
      SELECT 1 FROM proposals p
      WHERE p.user_id = $1 AND p.status = 'refused' AND p.match_id = "matchId"
        AND p.transaction_identity = pairs.identity
    )
`

/**
 * What the staged rows of an import resemble, in the transaction that judged
 * them.
 */
export class NearMatches {
  async handle(reader: Reader, { userId, importId, days: { first, last } }: Chunk) {
    const values = [userId, importId, first, last]
    return hashed(reader, () => reader.query<NearMatch>(NEAR_MATCHES, values))
  }
}
