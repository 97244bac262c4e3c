import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ShownBadge } from '#gamification/queries/badge_catalogue'

export const tier = () => s.enumOf(['bronze', 'silver', 'gold'])

export const progress = () =>
  s.number({ minimum: 0, maximum: 1, description: '1 when its condition is met' })

export const badgeSchema = s.resource('Badge', {
  id: s.id(),
  code: s.text(),
  name: s.text(),
  description: s.text(),
  tier: tier(),
  points: s.integer({ description: 'What it is worth' }),
  progress: progress(),
  earned: s.boolean(),
  earnedAt: s.nullable(s.instant()),
  revokedAt: s.nullable(
    s.instant({ description: 'When it was taken back because what it was for is gone' })
  ),
})

export default class BadgeTransformer extends Transformer<ShownBadge> {
  toObject() {
    const badge = this.resource
    return {
      id: badge.id,
      code: badge.code,
      name: badge.name,
      description: badge.description,
      tier: badge.tier,
      points: badge.points,
      progress: badge.earnedAt ? 1 : badge.progress,
      earned: badge.earnedAt !== null,
      earnedAt: badge.earnedAt,
      revokedAt: badge.revokedAt,
    }
  }
}
