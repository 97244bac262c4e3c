import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import * as s from '#core/openapi/schema'
import TakePartInLeaderboard from '#gamification/actions/take_part_in_leaderboard'
import { leaderboardParticipationValidator } from '#gamification/validators/gamification_validators'

const participationSchema = s.resource('LeaderboardParticipation', {
  participates: s.boolean(),
  nickname: s.nullable(s.text()),
})

@inject()
export default class LeaderboardParticipationsController {
  constructor(protected takePart: TakePartInLeaderboard) {}

  @operation({
    summary: 'Join or leave the leaderboard',
    description:
      'With `participates`, under a nickname of 3 to 30 letters and digits, which others see. Without, you are off it at once and the nickname is forgotten.',
    request: { body: leaderboardParticipationValidator },
    responses: { 200: participationSchema },
  })
  async update({ auth, request }: HttpContext) {
    const input = await request.validateUsing(leaderboardParticipationValidator)
    const nickname = input.participates ? input.nickname! : null
    await this.takePart.handle({ actor: auth.getUserOrFail(), nickname })
    return { participates: input.participates, nickname }
  }
}
