import type { Reader } from '#core/database/tenant'
import { AssessmentQuery, type Owner } from '#gamification/queries/assessment'
import type { Badge } from '#gamification/queries/definitions'

export interface ShownBadge extends Omit<Badge, 'condition'> {
  /** 0 to 1, by the books as they are now. */
  progress: number
  earnedAt: Date | null
  revokedAt: Date | null
}

const RETIRED = `
  SELECT b.id, b.code, b.version, b.points, b.name, b.description, b.tier
  FROM user_badges held JOIN badges b ON b.id = held.badge_id
  WHERE NOT b.active AND held.revoked_at IS NULL ORDER BY held.earned_at`

/** Every badge there is to earn, those one has of old, and how far one is with each. */
export class BadgeCatalogue {
  async handle(reader: Reader, owner: Owner, now = new Date()): Promise<ShownBadge[]> {
    const [assessment, retired] = await Promise.all([
      new AssessmentQuery().handle(reader, owner, now),
      reader.query<Omit<Badge, 'condition'>>(RETIRED),
    ])
    const { badges, judgement, heldBadges } = assessment
    const progress = new Map(judgement.badges.map((each) => [each.badge.id, each.progress]))
    const held = new Map(heldBadges.map((each) => [each.badgeId, each]))
    return [...badges, ...retired].map((badge) => {
      const { earnedAt = null, revokedAt = null } = held.get(badge.id) ?? {}
      return {
        ...badge,
        progress: progress.get(badge.id) ?? 1,
        earnedAt: revokedAt === null ? earnedAt : null,
        revokedAt,
      }
    })
  }
}
