import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { credentials } from '#config/credentials'
import { PasswordResetSchema } from '#database/schema'
import { MailToken } from '#auth/domain/mail_token'
import type User from '#users/models/user'

/** Leave to set a new password without the old one, for whoever reads the user's mail. */
export default class PasswordReset extends PasswordResetSchema {
  /** The token to be mailed; the one before is dead. It works for an hour from now. */
  static async issue(user: User, trx: TransactionClientContract, random?: Buffer) {
    const token = MailToken.issue(user.id, random)
    await trx.rawQuery(
      `INSERT INTO password_resets (user_id, token_hash, expires_at)
       VALUES (?, ?, now() + make_interval(secs => ?))
       ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,
         expires_at = excluded.expires_at, created_at = now()`,
      [user.id, token.hash, credentials.passwordReset]
    )
    return token
  }

  /** Whether one was mailed so little ago that its reader may be about to use it. */
  static async isUnderWay(userId: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      'SELECT 1 FROM password_resets WHERE user_id = ? AND created_at > now() - make_interval(secs => ?)',
      [userId, credentials.pause]
    )
    return rows.length > 0
  }

  /** Whether one is under way that nobody has used. */
  static async isOpen(userId: string, trx: TransactionClientContract) {
    const reset = await PasswordReset.query({ client: trx }).where('userId', userId).first()
    return reset !== null
  }

  /** Whether the token would be accepted now. */
  static async accepts(token: MailToken, trx: TransactionClientContract) {
    const open = await PasswordReset.query({ client: trx })
      .where('tokenHash', token.hash)
      .whereRaw('expires_at > now()')
      .first()
    return open !== null
  }

  /** Uses the token up; false when it is not good. */
  static async claim(token: MailToken, trx: TransactionClientContract): Promise<boolean> {
    const { rowCount } = await trx.rawQuery(
      'DELETE FROM password_resets WHERE token_hash = ? AND expires_at > now()',
      [token.hash]
    )
    return rowCount === 1
  }

  /** The token of the user's that is under way, if there is one, is dead. */
  static async forget(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery('DELETE FROM password_resets WHERE user_id = ?', [userId])
  }
}
