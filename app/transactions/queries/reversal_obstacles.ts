import type { Reader } from '#core/database/tenant'

/** As many reconciled transactions as a refusal names. */
const MOST_NAMED = 10

/** An accepted proposal that has to do with import `$2` of user `$1`. */
const INVOLVED = `
  p.user_id = $1 AND p.status = 'accepted' AND (
    p.kind = 'duplicate' AND p.import_id = $2
    OR p.kind = 'transfer' AND EXISTS (
      SELECT 1 FROM transactions leg
      WHERE leg.user_id = $1 AND leg.id IN (p.transaction_id, p.match_id) AND leg.import_id = $2
    )
  )`

const RECONCILED = `
  SELECT t.id FROM transactions t WHERE t.user_id = $1 AND t.import_id = $2 AND t.reconciled
  UNION
  SELECT t.id FROM proposals p JOIN transactions t
    ON t.user_id = $1 AND t.id IN (p.transaction_id, p.match_id) AND t.reconciled
  WHERE ${INVOLVED}
`

/** What stands in the way of taking an import back, and what goes with it. */
export class ReversalObstacles {
  /** Names transactions a statement has proven, which the import created or changed; null without any. */
  async handle(reader: Reader, userId: string, importId: string): Promise<string | null> {
    const found = await reader.query<{ id: string; count: number }>(
      `SELECT id, count(*) OVER () AS count FROM (${RECONCILED}) AS reconciled
       ORDER BY id LIMIT ${MOST_NAMED}`,
      [userId, importId]
    )
    if (found.length === 0) return null
    const [{ count }] = found
    const named = found.map(({ id }) => id).join(', ') + (count > found.length ? ', …' : '')
    return `Statements have proven ${count} of the transactions it created or changed: ${named}.`
  }

  /** Proposals whose acceptance goes with the import, the latest first. */
  async acceptances(reader: Reader, userId: string, importId: string) {
    const found = await reader.query<{ id: string }>(
      `SELECT p.id FROM proposals p WHERE ${INVOLVED} ORDER BY p.decided_at DESC, p.id DESC`,
      [userId, importId]
    )
    return found.map(({ id }) => id)
  }
}
