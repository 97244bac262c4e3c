import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { localDay } from '#gamification/domain/local_day'
import { AssessmentQuery, type Owner } from '#gamification/queries/assessment'
import type { Badge } from '#gamification/queries/definitions'
import { Standing } from '#gamification/queries/standing'

export interface ShownBadge extends Omit<Badge, 'condition'> {
  /** 0 to 1, by the books as they are now. */
  progress: number
  earnedAt: string | null
  revokedAt: string | null
}

const RETIRED = `
  SELECT b.id, b.code, b.version, b.points, b.name, b.description, b.tier
  FROM user_badges held JOIN badges b ON b.id = held.badge_id
  WHERE NOT b.active AND held.revoked_at IS NULL ORDER BY held.earned_at`

/** Every badge there is to earn, those one has of old, and how far one is with each. */
export class BadgeCatalogue {
  /** Remembered until the ledger changes, the user is evaluated anew or the day is over. */
  async handle(ledger: LedgerOwner, now = new Date()): Promise<ShownBadge[]> {
    const { evaluatedAt, ...owner } = await new Standing().judged(ledger.id)
    const parameters = { evaluatedAt, today: localDay(now, owner.timezone) }
    return ledgerCache.remember(ledger, 'gamification:badges', parameters, 3_600, () =>
      tenant.read(ledger.id, (reader) => this.#compute(reader, owner, now))
    )
  }

  async #compute(reader: Reader, owner: Owner, now: Date): Promise<ShownBadge[]> {
    const [assessment, retired] = await Promise.all([
      new AssessmentQuery().handle(reader, owner, now),
      reader.query<Omit<Badge, 'condition'>>(RETIRED),
    ])
    const { badges, judgement, heldBadges } = assessment
    const progress = new Map(judgement.badges.map((each) => [each.badge.id, each.progress]))
    const held = new Map(heldBadges.map((each) => [each.badgeId, each]))
    return [...badges, ...retired].map((badge) => {
      const { earnedAt, revokedAt = null } = held.get(badge.id) ?? {}
      return {
        ...badge,
        progress: progress.get(badge.id) ?? 1,
        earnedAt: revokedAt === null ? (earnedAt?.toISOString() ?? null) : null,
        revokedAt: revokedAt?.toISOString() ?? null,
      }
    })
  }
}
