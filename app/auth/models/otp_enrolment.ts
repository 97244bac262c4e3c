import { column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { sealedColumns } from '#config/secrets'
import { OtpEnrolmentSchema } from '#database/schema'
import { recoveryCode } from '#auth/domain/recovery_code'
import { totp } from '#auth/domain/totp'
import type User from '#users/models/user'

const RECOVERY_CODES = 10

/**
 * A user's authenticator: asked for at sign-in once it is confirmed. Every code
 * counts once, whoever presents it first.
 */
export default class OtpEnrolment extends OtpEnrolmentSchema {
  static selfAssignPrimaryKey = true
  static primaryKey = 'userId'

  @column({ isPrimary: true })
  declare userId: string

  /** Starts anew unless one is confirmed already: then null. Gives what is shown once. */
  static async start(user: User, trx: TransactionClientContract) {
    const secret = totp.newSecret()
    const { rows } = await trx.rawQuery(
      `INSERT INTO otp_enrolments AS o (user_id, secret_sealed) VALUES (?, ?)
       ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, last_step = 0
       WHERE o.confirmed_at IS NULL RETURNING 1`,
      [user.id, sealedColumns.otpSecret.seal(secret, [user.id])]
    )
    if (rows.length === 0) return null

    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode.issue())
    await trx.from('recovery_codes').where('user_id', user.id).delete()
    await trx
      .insertQuery()
      .table('recovery_codes')
      .multiInsert(
        recoveryCodes.map((code) => ({ user_id: user.id, code_hash: recoveryCode.hashOf(code) }))
      )
    return { ...totp.enrolment(secret, user.email), recoveryCodes }
  }

  /** Takes the authenticator of the user away; says whether there was one. */
  static async forget(userId: string, trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery('DELETE FROM otp_enrolments WHERE user_id = ?', [
      userId,
    ])
    return rowCount === 1
  }

  /** Locks it until the transaction ends, so that codes are spent one after the other. */
  static lock(userId: string, trx: TransactionClientContract) {
    return OtpEnrolment.query({ client: trx }).where('userId', userId).forUpdate().first()
  }

  /**
   * Whether those pass who need no code or present one that is good, `recovered` by
   * one of the recovery codes. Part of the transaction that opens the session, so a
   * code isn't spent for nothing.
   */
  static async challenge(user: User, otp: string | undefined, trx: TransactionClientContract) {
    const enrolment = await OtpEnrolment.lock(user.id, trx)
    if (!enrolment?.isConfirmed) return 'passed'
    if (otp === undefined) return 'missing'

    const hash = recoveryCode.hashOf(otp)
    if (hash) return (await enrolment.redeem(hash, trx)) ? 'recovered' : 'wrong'
    return (await enrolment.spend(otp, trx)) ? 'passed' : 'wrong'
  }

  get isConfirmed() {
    return this.confirmedAt !== null
  }

  /** Uses up the step of a code of the authenticator; false when it is wrong or used up. */
  async spend(otp: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      'SELECT extract(epoch FROM clock_timestamp())::float AS now'
    )
    const secret = sealedColumns.otpSecret.open(this.secretSealed, [this.userId])
    const step = totp.matchingStep(secret, otp.replace(/[\s-]/g, ''), totp.stepAt(rows[0].now))
    if (step === null || step <= this.lastStep) return false

    this.lastStep = step
    await this.save()
    return true
  }

  /** Uses up a recovery code; false when there is none like it, or it was used. */
  async redeem(hash: Buffer, trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      'UPDATE recovery_codes SET used_at = now() WHERE code_hash = ? AND used_at IS NULL',
      [hash]
    )
    return rowCount === 1
  }

  async confirm(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE otp_enrolments SET confirmed_at = now() WHERE user_id = ?', [
      this.userId,
    ])
  }
}
