import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DigestSchema } from '#database/schema'
import type { DigestPeriod, Cadence } from '#notifications/domain/digest_moment'

/** What is older is nobody's news, if there was no digest for that long. */
const LONGEST = '8 days'

/** One mail about everything since the one before. */
export default class Digest extends DigestSchema {
  static table = 'digests'

  /**
   * Opens the digest of a moment, which begins where the user's last one ended, whatever
   * rhythm and hour that one had; null when somebody did before.
   */
  static async open(
    userId: string,
    { day, until }: DigestPeriod,
    cadence: Cadence,
    trx: TransactionClientContract
  ): Promise<Digest | null> {
    const { rows } = await trx.rawQuery(
      `INSERT INTO digests (user_id, day, cadence, from_at, until_at)
       SELECT ?, ?, ?, greatest(?::timestamptz - interval '${LONGEST}', max(until_at)), ?
       FROM digests ON CONFLICT DO NOTHING RETURNING day`,
      [userId, day, cadence, until, until]
    )
    return rows.length > 0 ? Digest.at(until, trx) : null
  }

  /** @param until the moment at which it was due */
  static at(until: Date, trx: TransactionClientContract) {
    return Digest.query({ client: trx }).where('until_at', until).first()
  }

  async noteMailed(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE digests SET mailed_at = now() WHERE until_at = ?', this.#key)
  }

  /** There is nothing to tell: what comes next begins where the one before ended. */
  async withdraw(trx: TransactionClientContract) {
    await trx.rawQuery('DELETE FROM digests WHERE until_at = ?', this.#key)
  }

  get #key() {
    return [this.untilAt.toJSDate()] as unknown as string[]
  }
}
