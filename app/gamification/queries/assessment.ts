import { pointsRules } from '#config/gamification'
import type { Reader } from '#core/database/tenant'
import type { Figures } from '#gamification/domain/facts'
import {
  judge,
  type BadgeTerms,
  type HeldChallenge,
  type Judgement,
} from '#gamification/domain/judgement'
import { dayReached } from '#gamification/domain/local_day'
import { differences, type Credit, type Entry } from '#gamification/domain/units'
import { Definitions, type Badge, type Challenge } from '#gamification/queries/definitions'
import { readFigures } from '#gamification/queries/facts/registry'
import { Standing, type HeldBadge } from '#gamification/queries/standing'

/** Whose books they are. */
export interface Owner {
  timezone: string
  currency: string
  /** The latest day that had begun when they moved to another time zone; null if they never did. */
  reached: string | null
}

/** What a user has earned, what they have, and what the one must become of the other. */
export interface Assessment {
  today: string
  figures: Figures
  badges: Badge[]
  challenges: Challenge[]
  judgement: Judgement
  heldBadges: HeldBadge[]
  heldChallenges: HeldChallenge[]
  entries: Entry[]
  awarded: BadgeTerms[]
  revoked: { badge: BadgeTerms; because: 'cause-gone' | 'rules-changed' }[]
}

/** Judges a user by the facts as they are, and changes nothing. */
export class AssessmentQuery {
  /**
   * Asks everything at once.
   *
   * @param credits what the ledger adds up to, where it was added up already
   */
  async handle(
    reader: Reader,
    owner: Owner,
    now: Date,
    credits?: Promise<Credit[]>
  ): Promise<Assessment> {
    const { timezone, currency } = owner
    const today = dayReached(now, owner)
    const [definitions, standing] = [new Definitions(), new Standing()]
    const [figures, badges, challenges, kept, heldBadges, heldChallenges] = await Promise.all([
      readFigures(reader, { today, timezone, currency }),
      definitions.badges(reader),
      definitions.challenges(reader),
      credits ?? standing.credits(reader),
      standing.badges(reader),
      standing.challenges(reader),
    ])
    const judgement = judge({
      figures,
      today,
      rules: pointsRules,
      badges,
      challenges,
      participations: heldChallenges,
    })
    return {
      today,
      figures,
      badges,
      challenges,
      judgement,
      heldBadges,
      heldChallenges,
      entries: differences(judgement.credits, kept, judgement.isJudged),
      ...badgeChanges(judgement, heldBadges),
    }
  }
}

function badgeChanges({ badges }: Judgement, held: HeldBadge[]) {
  const holding = new Map(
    held.filter(({ revokedAt }) => revokedAt === null).map((each) => [each.badgeId, each])
  )
  const awarded = badges.filter(({ badge, progress }) => progress === 1 && !holding.has(badge.id))
  const revoked = badges.filter(({ badge, progress }) => progress < 1 && holding.has(badge.id))
  return {
    awarded: awarded.map(({ badge }) => badge),
    revoked: revoked.map(({ badge }) => ({
      badge,
      because:
        holding.get(badge.id)!.version === badge.version
          ? ('cause-gone' as const)
          : ('rules-changed' as const),
    })),
  }
}
