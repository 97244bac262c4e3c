import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { credentials } from '#config/credentials'
import { EmailVerificationSchema } from '#database/schema'
import { MailToken } from '#auth/domain/mail_token'
import type User from '#users/models/user'

/**
 * An address that a user says is theirs: the one they registered with, or the
 * one they want instead. It gets its token when its mail is sent and is gone once
 * the token came back.
 */
export default class EmailVerification extends EmailVerificationSchema {
  static selfAssignPrimaryKey = true

  /** Opens a verification; an open one for the same address, and its token, are dead. */
  static async open(user: User, address: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `INSERT INTO email_verifications AS v (user_id, id, email, expires_at)
       VALUES (?, ?, ?, now() + make_interval(secs => ?))
       ON CONFLICT (user_id, email) DO UPDATE SET id = excluded.id, token_hash = NULL,
         expires_at = excluded.expires_at, created_at = now()
       RETURNING *`,
      [user.id, randomUUIDv7(), address, credentials.verification]
    )
    return EmailVerification.$createFromAdapterResult(rows[0], undefined, {
      client: trx,
    }) as EmailVerification
  }

  /** Whether a token was mailed there so little ago that its reader may be about to use it. */
  static async isUnderWay(userId: string, address: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `SELECT 1 FROM email_verifications WHERE user_id = ? AND email = ?
         AND token_hash IS NOT NULL AND created_at > now() - make_interval(secs => ?)`,
      [userId, address, credentials.pause]
    )
    return rows.length > 0
  }

  /** Uses a token up, and with it all that are open: null when it is not good. */
  static async claim(token: MailToken, trx: TransactionClientContract) {
    const claimed = await EmailVerification.query({ client: trx })
      .where('tokenHash', token.hash)
      .whereRaw('expires_at > now()')
      .forUpdate()
      .first()
    if (claimed) await EmailVerification.forgetAll({ id: claimed.userId }, trx)
    return claimed
  }

  static async forgetAll(user: { id: string }, trx: TransactionClientContract) {
    await EmailVerification.query({ client: trx }).where('userId', user.id).delete()
  }

  /** Forgets every address but the user's own. */
  static async forgetOthers(user: User, trx: TransactionClientContract) {
    await EmailVerification.query({ client: trx })
      .where('userId', user.id)
      .whereNot('email', user.email)
      .delete()
  }

  get hasToken() {
    return this.tokenHash !== null
  }

  /** The token to be mailed; the one before is dead. It works for 24 hours from now. */
  async issueToken(trx: TransactionClientContract, random?: Buffer) {
    const token = MailToken.issue(this.userId, random)
    await trx.rawQuery(
      `UPDATE email_verifications SET token_hash = ?, expires_at = now() + make_interval(secs => ?)
       WHERE id = ?`,
      [token.hash, credentials.verification, this.id]
    )
    return token
  }
}
