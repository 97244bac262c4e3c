import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { LeaderboardStandings } from '#gamification/queries/leaderboard_standings'
import LeaderboardTransformer, {
  leaderboardSchema,
} from '#gamification/transformers/leaderboard_transformer'

@inject()
export default class LeaderboardsController {
  constructor(protected standings: LeaderboardStandings) {}

  @operation({
    summary: 'The leaderboard',
    description:
      'Of those who have chosen to take part, and seen only by them: nicknames and percentages, never an amount. Consistency is on how many of the last 28 days somebody did something about their books.',
    responses: { 200: leaderboardSchema },
  })
  async show({ caller }: HttpContext) {
    const participation = await caller.read((reader) => this.standings.participation(reader))
    if (!participation) return LeaderboardTransformer.transform({ nickname: null })

    const { nickname } = participation
    const standings = await this.standings.handle(caller.userId)
    return LeaderboardTransformer.transform({ nickname, standings })
  }
}
