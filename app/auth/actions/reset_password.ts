import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { MailToken } from '#auth/domain/mail_token'
import InvalidMailToken from '#auth/exceptions/invalid_mail_token'
import MailNotice from '#auth/jobs/mail_notice'
import EmailVerification from '#auth/models/email_verification'
import OtpEnrolment from '#auth/models/otp_enrolment'
import PasswordGuess from '#auth/models/password_guess'
import PersonalAccessToken from '#auth/models/personal_access_token'
import PasswordReset from '#auth/models/password_reset'
import { hashNewPassword } from '#users/domain/new_password'
import User from '#users/models/user'

interface Input {
  token: string
  password: string
}

/**
 * Sets a new password for whoever brings the mailed token. Every session and every
 * token of a program ends, whoever had them; a lock is lifted, and the address is
 * verified: its mail was read. An authenticator from before anybody had read it goes
 * too: who registers with a stranger's address must not lock them out with it.
 */
export default class ResetPassword {
  async handle({ token: value, password }: Input) {
    const token = MailToken.read(value)
    const owner = token && (await this.#ownerOf(token))
    if (!owner) throw new InvalidMailToken()

    const hashed = await hashNewPassword(password, owner)
    await tenant.transaction(owner.id, (trx) => this.#reset(token, hashed, trx))
  }

  /** Asked first, so that a made-up token costs no hash and a refused password no token. */
  async #ownerOf(token: MailToken) {
    return tenant.transaction(token.userId, async (trx) =>
      (await PasswordReset.accepts(token, trx)) ? User.find(token.userId, { client: trx }) : null
    )
  }

  async #reset(token: MailToken, hashed: string, trx: TransactionClientContract) {
    const user = await User.lockCredentials(token.userId, trx)
    const isGood = await PasswordReset.claim(token, trx)
    if (!user || user.isDisabled || !isGood) throw new InvalidMailToken()

    const hadOtp = !user.emailVerified && (await OtpEnrolment.forget(user.id, trx))
    await user.changePassword(hashed, trx)
    await user.confirmEmail(user.email, trx)
    await EmailVerification.forgetAll(user, trx)
    await PersonalAccessToken.forgetAll(user.id, trx)
    const entry = { actor: user, subject: user, userId: user.id }
    const wasLocked = await PasswordGuess.forget(user.email, trx)
    if (wasLocked) await audit.record({ ...entry, action: 'account.unlocked' }, trx)
    await audit.record({ ...entry, action: 'password.reset' }, trx)
    if (hadOtp) {
      await audit.record({ ...entry, action: 'otp.removed' }, trx)
      await outbox.enqueue(MailNotice, { userId: user.id, notice: 'otp-off' }, trx)
    }
    await outbox.enqueue(MailNotice, { userId: user.id, notice: 'password-changed' }, trx)
  }
}
