import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AlertEvaluationSchema } from '#database/schema'
import type { Stretch } from '#core/activity/activity'

/** What was asked for this long ago and isn't done has lost its job. */
const ASK = `
  INSERT INTO alert_evaluations AS e (user_id, first, last)
  SELECT id, ?::bigint, ?::bigint FROM users WHERE id = ?
  ON CONFLICT (user_id) DO UPDATE SET asked = e.asked + 1,
    first = least(e.first, excluded.first), last = greatest(e.last, excluded.last),
    asked_at = CASE WHEN e.asked_at < now() - interval '5 minutes' THEN now() ELSE e.asked_at END
  RETURNING asked = 1 OR asked_at = now() AS "isNew"`

/** That a user's alerts are to be looked at: once, however much happens before that. */
export default class AlertEvaluation extends AlertEvaluationSchema {
  static table = 'alert_evaluations'
  static primaryKey = 'userId'

  /** Answers whether nobody had asked before, so that it needs a job. */
  static async ask(
    userId: string,
    stretch: Pick<Stretch, 'first' | 'last'> | null,
    trx: TransactionClientContract
  ): Promise<boolean> {
    const values = [stretch?.first ?? null, stretch?.last ?? null, userId] as string[]
    const { rows } = await trx.rawQuery<{ rows: { isNew: boolean }[] }>(ASK, values)
    return rows[0]?.isNew ?? false
  }

  /** Whether no other evaluation of this user's is under way; none begins until the transaction ends. */
  static async isAlone(userId: string, trx: TransactionClientContract): Promise<boolean> {
    const { rows } = await trx.rawQuery<{ rows: { locked: boolean }[] }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('alert-evaluation:' || ?, 0)) AS locked`,
      [userId]
    )
    return rows[0].locked
  }

  static pending(userId: string, trx: TransactionClientContract) {
    return AlertEvaluation.query({ client: trx }).where('userId', userId).first()
  }

  get stretch(): Stretch | null {
    const { userId, first, last } = this
    return first === null || last === null ? null : { userId, first, last }
  }

  /** Says that it is done; false when somebody has asked since. */
  async settle(trx: TransactionClientContract): Promise<boolean> {
    const { rowCount } = await trx.rawQuery(
      'DELETE FROM alert_evaluations WHERE user_id = ? AND asked = ?',
      [this.userId, this.asked]
    )
    return rowCount > 0
  }
}
