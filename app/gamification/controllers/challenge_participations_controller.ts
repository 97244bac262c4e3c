import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import JoinChallenge from '#gamification/actions/join_challenge'
import LeaveChallenge from '#gamification/actions/leave_challenge'
import { ChallengeList } from '#gamification/queries/challenge_list'
import ChallengeTransformer, {
  challengeSchema,
} from '#gamification/transformers/challenge_transformer'

@inject()
export default class ChallengeParticipationsController {
  constructor(
    protected challenges: ChallengeList,
    protected joinChallenge: JoinChallenge,
    protected leaveChallenge: LeaveChallenge
  ) {}

  @operation({
    summary: 'Take up a challenge',
    description:
      'For the week or month it is now; what you did in it before counts. Taken up already, it stays so.',
    responses: { 201: challengeSchema },
    idempotent: true,
  })
  async store({ auth, caller, params, response }: HttpContext) {
    const actor = auth.getUserOrFail()
    await this.joinChallenge.handle({ actor, id: params.id })
    const challenges = await this.challenges.handle(await caller.ledger())
    const challenge = challenges.find(({ id }) => id === params.id)
    if (!challenge) throw new NotFound()
    return response.created(ChallengeTransformer.transform(challenge))
  }

  @operation({
    summary: 'Give up a challenge',
    description: 'In the week or month it is now; once it is completed, it stays.',
    responses: { 204: null },
    errors: ['Conflict'],
  })
  async destroy({ auth, params, response }: HttpContext) {
    await this.leaveChallenge.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.noContent()
  }
}
