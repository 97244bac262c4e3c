import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ShownChallenge } from '#gamification/queries/challenge_list'
import { progress, tier } from '#gamification/transformers/badge_transformer'

export const challengeSchema = s.resource('Challenge', {
  id: s.id(),
  code: s.text(),
  name: s.text(),
  description: s.text(),
  tier: tier(),
  points: s.integer({ description: 'What a completed period is worth' }),
  period: s.enumOf(['week', 'month']),
  settles: s.enumOf(['at-once', 'at-end'], {
    description: 'Whether it is completed when its condition is met, or when the period is over',
  }),
  from: s.day({ description: 'The period it is now, in your time zone' }),
  to: s.day(),
  participating: s.boolean(),
  progress: progress(),
  completedAt: s.nullable(s.instant()),
  completions: s.integer({ description: 'Periods in which you completed it' }),
})

export default class ChallengeTransformer extends Transformer<ShownChallenge> {
  toObject() {
    const challenge = this.resource
    return {
      id: challenge.id,
      code: challenge.code,
      name: challenge.name,
      description: challenge.description,
      tier: challenge.tier,
      points: challenge.points,
      period: challenge.period,
      settles: challenge.settles,
      from: challenge.from,
      to: challenge.to,
      participating: challenge.isParticipating,
      progress: challenge.progress,
      completedAt: challenge.completedAt?.toISOString() ?? null,
      completions: challenge.completions,
    }
  }
}
