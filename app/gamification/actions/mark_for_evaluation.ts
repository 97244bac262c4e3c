import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { evaluationDelaySeconds } from '#config/gamification'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import EvaluateHabitsJob from '#gamification/jobs/evaluate_habits'

/** A mark this old has lost its job. */
const MARK = `
  INSERT INTO gamification_states AS s (user_id, marked_at)
  SELECT id, clock_timestamp() FROM users WHERE id = ?
  ON CONFLICT (user_id) DO UPDATE SET marked_at = clock_timestamp()
    WHERE s.marked_at IS NULL OR s.marked_at < now() - interval '5 minutes'
  RETURNING user_id`

/**
 * Says that something happened to a user's books. However much happens before
 * the evaluation begins, it is asked for once; what happens after, asks anew.
 */
export default class MarkForEvaluation {
  async handle({ userId }: { userId: string }) {
    await tenant.transaction(userId, (trx) => this.within(userId, trx))
  }

  /** In the caller's transaction, before it writes to the audit log: evaluations lock in this order. */
  async within(userId: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(MARK, [userId])
    if (rows.length === 0) return
    await outbox.enqueue(EvaluateHabitsJob, { userId }, trx, {
      delaySeconds: evaluationDelaySeconds,
    })
  }
}
