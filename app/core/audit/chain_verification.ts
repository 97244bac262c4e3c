import { system } from '#core/database/system'

/** Where a chain of the audit log is broken, and how. */
export interface BrokenChain {
  userId: string
  position: number
  problem: 'altered' | 'unlinked' | 'missing' | 'truncated'
}

/**
 * Recomputes every hash of the audit log. An altered entry, a removed one, one
 * put in between and a cut tail are each found.
 */
export class ChainVerification {
  /** @param userIds whose chains; all without */
  async handle(
    userIds?: string[]
  ): Promise<{ entries: number; chains: number; broken: BrokenChain[] }> {
    const theirs = userIds ? 'WHERE user_id = ANY(:userIds)' : ''
    const scope = { userIds: userIds ?? [] }
    return system.transaction(async (trx) => {
      const counted = await trx.rawQuery(
        `SELECT (SELECT count(*) FROM audit_logs ${theirs}) AS entries,
           (SELECT count(*) FROM audit_chains ${theirs}) AS chains`,
        scope
      )
      const found = await trx.rawQuery(
        `
        WITH walked AS (
          SELECT user_id, position, hash, previous_hash, audit_hash(a) AS expected,
            lag(hash, 1, sha256(''::bytea)) OVER chain AS before,
            lag(position, 1, 0::bigint) OVER chain AS position_before
          FROM audit_logs a ${theirs}
          WINDOW chain AS (PARTITION BY user_id ORDER BY position)
        ), tails AS (
          SELECT DISTINCT ON (user_id) user_id, position AS length, hash FROM audit_logs ${theirs}
          ORDER BY user_id, position DESC
        )
        SELECT user_id, position, CASE
            WHEN position <> position_before + 1 THEN 'missing'
            WHEN hash <> expected THEN 'altered'
            ELSE 'unlinked'
          END AS problem
        FROM walked
        WHERE hash <> expected OR previous_hash <> before OR position <> position_before + 1
        UNION ALL
        SELECT c.user_id, c.length, CASE WHEN c.length = tails.length THEN 'altered' ELSE 'truncated' END
        FROM (SELECT * FROM audit_chains ${theirs}) c LEFT JOIN tails USING (user_id)
        WHERE c.length IS DISTINCT FROM coalesce(tails.length, 0) OR c.head <> tails.hash
        ORDER BY 1, 2
      `,
        scope
      )
      return {
        entries: counted.rows[0].entries,
        chains: counted.rows[0].chains,
        broken: found.rows.map((row: Record<string, never>) => ({
          userId: row.user_id,
          position: row.position,
          problem: row.problem,
        })),
      }
    })
  }
}
