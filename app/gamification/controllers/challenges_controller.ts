import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import { ChallengeList } from '#gamification/queries/challenge_list'
import ChallengeTransformer, {
  challengeSchema,
} from '#gamification/transformers/challenge_transformer'

@inject()
export default class ChallengesController {
  constructor(protected challenges: ChallengeList) {}

  @operation({
    summary: 'List challenges',
    description: 'All there are, in one page, in the week or month it is now in your time zone.',
    responses: { 200: list(challengeSchema) },
  })
  async index({ caller }: HttpContext) {
    const challenges = await this.challenges.handle(await caller.ledger())
    return { data: ChallengeTransformer.transform(challenges), meta: { nextCursor: null } }
  }
}
