import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import type { BadgeTerms } from '#gamification/domain/judgement'
import type { Assessment } from '#gamification/queries/assessment'

const AWARD = `
  INSERT INTO user_badges AS held (user_id, badge_id, version, earned_at)
  VALUES (?, ?, ?, clock_timestamp())
  ON CONFLICT (user_id, badge_id) DO UPDATE SET version = excluded.version,
    earned_at = excluded.earned_at, revoked_at = NULL, revocation = NULL`

const REVOKE = `
  UPDATE user_badges SET revoked_at = clock_timestamp(), revocation = ? WHERE badge_id = ?`

/** Whoever still has it under new terms has it under these. */
const FOLLOW = `
  UPDATE user_badges held SET version = b.version FROM badges b
  WHERE b.id = held.badge_id AND b.active AND held.revoked_at IS NULL AND held.version <> b.version`

/** Awards what is earned, and takes back what no longer is. */
export class SettleBadges {
  async handle(userId: string, assessment: Assessment, trx: TransactionClientContract) {
    const { awarded, revoked } = assessment
    for (const { id, version } of awarded) await trx.rawQuery(AWARD, [userId, id, version])
    for (const { badge, because } of revoked) await trx.rawQuery(REVOKE, [because, badge.id])
    await trx.rawQuery(FOLLOW)

    const entry = (action: string, { id, code, version, points }: BadgeTerms, why = {}) => ({
      actor: 'system' as const,
      action,
      subject: { id, constructor: { name: 'Badge' } },
      data: { code, version, points, ...why },
      userId,
    })
    await audit.recordAll(
      [
        ...awarded.map((badge) => entry('badge.awarded', badge)),
        ...revoked.map(({ badge, because }) => entry('badge.revoked', badge, { because })),
      ],
      trx
    )
  }
}
