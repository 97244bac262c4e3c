import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { consistencyDays } from '#config/gamification'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import { SettleBadges } from '#gamification/actions/settle_badges'
import { SettleChallenges } from '#gamification/actions/settle_challenges'
import { SettlePoints } from '#gamification/actions/settle_points'
import { daysUntil } from '#gamification/domain/days'
import { nextMidnight } from '#gamification/domain/local_day'
import { AssessmentQuery, type Assessment, type Owner } from '#gamification/queries/assessment'
import { judgedBy } from '#gamification/queries/definitions'
import { OWNER } from '#gamification/queries/facts/residence'
import { leaderboard } from '#gamification/services/leaderboard'

interface Input {
  userId: string
  /** The moment it is judged at. */
  now?: Date
}

/** The mark goes before anything is read: what happens from then on marks anew. */
const BEGIN = `
  INSERT INTO gamification_states AS s (user_id)
  SELECT id FROM users WHERE id = ?
  ON CONFLICT (user_id) DO UPDATE SET marked_at = NULL
  RETURNING user_id`

const OWNER_OF = `SELECT ${OWNER} FROM users u WHERE u.id = $1`

const END = `
  UPDATE gamification_states
  SET evaluated_at = clock_timestamp(), due_at = ?, judged_by = ?, consistency = ?
  WHERE user_id = ?`

/**
 * Brings what a user has to what their books say: the differences are appended to
 * the ledger of points, badges are awarded or revoked, challenges completed. Asked
 * twice, or twice at once, it finds nothing more to do.
 */
export default class EvaluateHabits {
  async handle({ userId, now = new Date() }: Input) {
    const consistency = await tenant.transaction(userId, async (trx) => {
      const owner = await this.#begin(userId, trx)
      if (!owner) return undefined

      const assessment = await new AssessmentQuery().handle(readerOf(trx), owner, now)
      await new SettlePoints().handle(userId, assessment, trx)
      await new SettleBadges().handle(userId, assessment, trx)
      await new SettleChallenges().handle(userId, assessment, trx)
      return this.#end(userId, owner, assessment, now, trx)
    })
    if (consistency !== undefined) await leaderboard.place(userId, consistency)
  }

  /** Evaluations of one user follow each other. Nobody is there once they are erased. */
  async #begin(userId: string, trx: TransactionClientContract): Promise<Owner | undefined> {
    await trx.rawQuery(BEGIN, [userId])
    const [owner] = await readerOf(trx).query<Owner>(OWNER_OF, [userId])
    return owner
  }

  /** Answers how constant they are, if they take part in the leaderboard. */
  async #end(
    userId: string,
    { timezone }: Owner,
    { figures, today, badges, challenges }: Assessment,
    now: Date,
    trx: TransactionClientContract
  ) {
    const active = figures.of('activeDays', daysUntil(today, consistencyDays))
    const consistency = Math.floor((active * 100) / consistencyDays)
    await trx.rawQuery(END, [
      nextMidnight(now, timezone).toISOString(),
      judgedBy(badges, challenges),
      consistency,
      userId,
    ])
    const participation = await trx.from('leaderboard_participations').select('user_id').first()
    return participation ? consistency : undefined
  }
}
