import type { Reader } from '#core/database/tenant'
import type { Entry } from '#gamification/domain/units'

/** An entry of the point ledger as it was written. */
export interface PointEntry extends Entry {
  id: string
  position: number
  /** Points there were after it. */
  balance: number
  /** What it was for, in words; null for what a rule gives. */
  name: string | null
  createdAt: Date
}

const HISTORY = `
  SELECT p.id, p.position, p.source, p.code, p.period, p.amount, p.balance, p.cause, p.version,
    CASE p.source WHEN 'badge' THEN b.name WHEN 'challenge' THEN c.name END AS name,
    p.created_at AS "createdAt"
  FROM point_transactions p
  LEFT JOIN badges b ON p.source = 'badge' AND b.code = p.code
  LEFT JOIN challenges c ON p.source = 'challenge' AND c.code = p.code
  WHERE $1::bigint IS NULL OR p.position < $1
  ORDER BY p.position DESC LIMIT $2`

/** The ledger of a user's points, newest first. */
export class PointHistory {
  /** @param before the last position of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, before?: number): Promise<PointEntry[]> {
    return reader.query<PointEntry>(HISTORY, [before ?? null, limit])
  }
}
