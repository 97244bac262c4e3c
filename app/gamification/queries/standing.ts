import { tenant, type Reader } from '#core/database/tenant'
import type { HeldChallenge } from '#gamification/domain/judgement'
import type { Owner } from '#gamification/queries/assessment'
import { OWNER } from '#gamification/queries/facts/residence'
import type { Credit } from '#gamification/domain/units'

export interface HeldBadge {
  badgeId: string
  version: number
  earnedAt: Date
  revokedAt: Date | null
}

const JUDGED = `
  SELECT ${OWNER}, s.evaluated_at AS "evaluatedAt"
  FROM users u LEFT JOIN gamification_states s ON s.user_id = u.id`

/** What a user has of points, badges and challenges, as the database keeps it. */
export class Standing {
  /** The sum of each unit's entries, and the version of the newest that fits it. */
  async credits(reader: Reader): Promise<Credit[]> {
    return reader.query<Credit>(
      `SELECT source, code, period, sum(amount)::int AS points, max(version) AS version
       FROM point_transactions GROUP BY source, code, period HAVING sum(amount) <> 0`
    )
  }

  async badges(reader: Reader): Promise<HeldBadge[]> {
    return reader.query<HeldBadge>(
      `SELECT badge_id AS "badgeId", version, earned_at AS "earnedAt", revoked_at AS "revokedAt"
       FROM user_badges`
    )
  }

  async challenges(reader: Reader): Promise<HeldChallenge[]> {
    return reader.query<HeldChallenge>(
      `SELECT challenge_id AS "challengeId", first_day AS "from", last_day AS "to", progress, version,
         completed_at AS "completedAt"
       FROM challenge_progress`
    )
  }

  /** Where they live and what they count in, and when they were last evaluated. */
  async judged(userId: string): Promise<Owner & { evaluatedAt: Date | null }> {
    const [row] = await tenant.read(userId, (reader) =>
      reader.query<Owner & { evaluatedAt: Date | null }>(JUDGED)
    )
    return row
  }

  /** What the last entry says there is. */
  async balance(reader: Reader): Promise<number> {
    const [last] = await reader.query<{ balance: number }>(
      'SELECT balance FROM point_transactions ORDER BY position DESC LIMIT 1'
    )
    return last?.balance ?? 0
  }
}
