import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { leaderboard } from '#gamification/services/leaderboard'
import type User from '#users/models/user'

interface Input {
  actor: User
  /** Under which others see them; null to leave. */
  nickname: string | null
}

const JOIN = `
  INSERT INTO leaderboard_participations AS p (user_id, nickname) VALUES (?, ?)
  ON CONFLICT (user_id) DO UPDATE SET nickname = excluded.nickname WHERE p.nickname <> excluded.nickname
  RETURNING user_id`

const LEAVE = 'DELETE FROM leaderboard_participations WHERE user_id = ? RETURNING user_id'

/** Puts somebody on the leaderboard, or takes them off it, at once. */
export default class TakePartInLeaderboard {
  async handle({ actor, nickname }: Input) {
    const consistency = await tenant.transaction(actor.id, async (trx) => {
      const { rows } = await (nickname === null
        ? trx.rawQuery(LEAVE, [actor.id])
        : trx.rawQuery(JOIN, [actor.id, nickname]))
      if (rows.length > 0) {
        const action = nickname === null ? 'leaderboard.left' : 'leaderboard.joined'
        await audit.record({ actor, action, userId: actor.id }, trx)
      }
      const state = await trx.from('gamification_states').select('consistency').first()
      return (state?.consistency ?? 0) as number
    })
    if (nickname === null) await leaderboard.remove(actor.id)
    else await leaderboard.place(actor.id, consistency)
  }
}
