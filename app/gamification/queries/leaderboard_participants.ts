import { leaderboardPlaces } from '#config/gamification'
import { system } from '#core/database/system'
import type { Places } from '#gamification/services/leaderboard'

export interface Participant {
  userId: string
  nickname: string
  consistency: number
}

const PARTICIPANTS = `
  SELECT p.user_id AS "userId", p.nickname, coalesce(s.consistency, 0) AS consistency
  FROM leaderboard_participations p LEFT JOIN gamification_states s ON s.user_id = p.user_id`

/**
 * Those who want to be compared, across all users: the one place where a request
 * sees of another user what they have chosen to show.
 */
export class LeaderboardParticipants {
  async all(): Promise<Participant[]> {
    return this.#find(PARTICIPANTS)
  }

  async first(): Promise<Participant[]> {
    return this.#find(`${PARTICIPANTS} ORDER BY consistency DESC, p.user_id DESC LIMIT ?`, [
      leaderboardPlaces,
    ])
  }

  /** Those of these who take part. */
  async of(userIds: string[]): Promise<Participant[]> {
    return this.#find(`${PARTICIPANTS} WHERE p.user_id = ANY(?)`, [userIds])
  }

  async count(): Promise<number> {
    const [{ count }] = await this.#find<{ count: number }>(
      'SELECT count(*)::int AS count FROM leaderboard_participations'
    )
    return count
  }

  /** How many there are, and how many of them are more or less constant than one. */
  async around(userId: string) {
    const [counts] = await this.#find<Omit<Places, 'first'>>(
      `WITH everybody AS (${PARTICIPANTS}), one AS (SELECT consistency FROM everybody WHERE "userId" = ?)
       SELECT count(*) AS participants, max(one.consistency) AS own,
         count(*) FILTER (WHERE e.consistency > one.consistency) AS ahead,
         count(*) FILTER (WHERE e.consistency < one.consistency) AS behind
       FROM everybody e CROSS JOIN one`,
      [userId]
    )
    return counts
  }

  async #find<Row = Participant>(sql: string, bindings: unknown[] = []): Promise<Row[]> {
    return system.transaction(async (trx) => {
      const { rows } = await trx.rawQuery(sql, bindings as never)
      return rows
    })
  }
}
