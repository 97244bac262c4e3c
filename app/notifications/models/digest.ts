import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DigestSchema } from '#database/schema'
import type { DigestPeriod, Cadence } from '#notifications/domain/digest_moment'

/** One mail about everything of a day or a week. */
export default class Digest extends DigestSchema {
  static table = 'digests'

  /** Opens the digest of a period; false when somebody did before. */
  static async open(
    userId: string,
    { day, from, until }: DigestPeriod,
    cadence: Cadence,
    trx: TransactionClientContract
  ): Promise<boolean> {
    const { rows } = await trx.rawQuery(
      `INSERT INTO digests (user_id, day, cadence, from_at, until_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING RETURNING day`,
      [userId, day, cadence, from, until]
    )
    return rows.length > 0
  }

  static dueOn(day: string, trx: TransactionClientContract) {
    return Digest.query({ client: trx }).where('day', day).first()
  }

  async noteMailed(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE digests SET mailed_at = now() WHERE day = ?', [this.day])
  }
}
