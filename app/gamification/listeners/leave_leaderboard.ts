import { leaderboard } from '#gamification/services/leaderboard'
import type UserErased from '#users/events/user_erased'

/** Nothing of an erased user stays in Redis. */
export default class LeaveLeaderboard {
  async handle({ userId }: UserErased) {
    await leaderboard.remove(userId)
  }
}
