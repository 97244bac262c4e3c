import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { differs, heldFor } from '#gamification/domain/judgement'
import type { Assessment } from '#gamification/queries/assessment'

const SETTLE = `
  UPDATE challenge_progress
  SET progress = ?, version = ?, completed_at = CASE WHEN ? THEN coalesce(completed_at, clock_timestamp()) END
  WHERE challenge_id = ? AND first_day = ?`

/** Notes how far challenges are, and which are completed, those of earlier periods too. */
export class SettleChallenges {
  async handle(
    userId: string,
    { judgement, heldChallenges }: Assessment,
    trx: TransactionClientContract
  ) {
    const changed = judgement.challenges.filter((verdict) => differs(verdict, heldChallenges))
    for (const { challenge, participation, progress, isCompleted } of changed) {
      const { challengeId, from } = participation
      await trx.rawQuery(SETTLE, [progress, challenge.version, isCompleted, challengeId, from])
    }

    const news = changed.filter(
      (verdict) => verdict.isCompleted !== (heldFor(verdict, heldChallenges).completedAt !== null)
    )
    await audit.recordAll(
      news.map(({ challenge: { id, code, version, points }, participation, isCompleted }) => ({
        actor: 'system' as const,
        action: isCompleted ? 'challenge.completed' : 'challenge.completion-revoked',
        subject: { id, constructor: { name: 'Challenge' } },
        data: { code, version, points, period: participation.from },
        userId,
      })),
      trx
    )
  }
}
