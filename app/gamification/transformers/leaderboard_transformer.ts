import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { Standings } from '#gamification/queries/leaderboard_standings'

/** undefined standings: of somebody who takes no part. */
export interface SeenLeaderboard {
  nickname: string | null
  standings?: Standings
}

const percent = (description: string) => s.integer({ minimum: 0, maximum: 100, description })

export const leaderboardSchema = s.resource('Leaderboard', {
  participating: s.boolean({ description: 'Only those who take part see the others' }),
  nickname: s.nullable(s.text({ description: 'Under which the others see you' })),
  participants: s.integer(),
  you: s.nullable(
    s.object({
      rank: s.integer({ minimum: 1 }),
      consistency: percent('On how many of the last 28 days you were active'),
      percentile: percent('How many of the others are less constant'),
    })
  ),
  places: s.array(
    s.object({
      rank: s.integer({ minimum: 1 }),
      nickname: s.text(),
      consistency: percent('On how many of the last 28 days they were active'),
      isYou: s.boolean(),
    })
  ),
})

export default class LeaderboardTransformer extends Transformer<SeenLeaderboard> {
  toObject() {
    const { nickname, standings } = this.resource
    return {
      participating: nickname !== null,
      nickname,
      participants: standings?.participants ?? 0,
      you: standings
        ? {
            rank: standings.own.rank,
            consistency: standings.own.consistency,
            percentile: standings.own.percentile,
          }
        : null,
      places: (standings?.places ?? []).map((place) => ({
        rank: place.rank,
        nickname: place.nickname,
        consistency: place.consistency,
        isYou: place.isOwn,
      })),
    }
  }
}
