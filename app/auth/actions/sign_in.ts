import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import RefusePassword from '#auth/actions/refuse_password'
import VerifyPassword from '#auth/actions/verify_password'
import InvalidCredentials from '#auth/exceptions/invalid_credentials'
import OtpRequired from '#auth/exceptions/otp_required'
import OtpEnrolment from '#auth/models/otp_enrolment'
import PasswordGuess from '#auth/models/password_guess'
import Session from '#auth/models/session'
import type User from '#users/models/user'

interface Device {
  ip: string | null
  userAgent: string | null
}

interface Attempt extends Device {
  email: string
  password: string
  otp?: string
}

/**
 * Opens a session for whoever knows the password, and has the authenticator where
 * there is one. A wrong code counts like a wrong password; none at all counts for
 * nothing. Throws `InvalidCredentials`, `AccountLocked`, `OtpRequired`.
 */
@inject()
export default class SignIn {
  constructor(
    protected verifyPassword: VerifyPassword,
    protected refusePassword: RefusePassword
  ) {}

  async handle({ email, password, ...attempt }: Attempt) {
    const verified = await this.verifyPassword.handle({ email, password })
    if (!verified) throw new InvalidCredentials()

    const opened = await this.#open(verified.user, attempt)
    if (opened === 'missing') throw new OtpRequired()
    if (opened === 'wrong') {
      await this.refusePassword.handle({ ...verified, action: 'otp.refused' })
      throw new InvalidCredentials()
    }
    return opened
  }

  /** The password may have changed while it was looked at: what counts is what is there now. */
  async #open(verified: User, { otp, ...device }: Device & { otp?: string }) {
    return tenant.transaction(verified.id, async (trx) => {
      const user = await verified.stillHolding(trx)
      if (!user) throw new InvalidCredentials()

      const answer = await OtpEnrolment.challenge(user, otp, trx)
      if (answer === 'missing') await PasswordGuess.giveBack(user.email, trx)
      if (answer === 'missing' || answer === 'wrong') return answer

      await PasswordGuess.forget(user.email, trx)
      const renewal = await Session.open(user, device, trx)
      const entry = { actor: user, userId: user.id }
      if (answer === 'recovered')
        await audit.record({ ...entry, action: 'recovery-code.used' }, trx)
      const subject = new Session().fill({ id: renewal.refreshToken.sessionId })
      await audit.record({ ...entry, action: 'session.opened', subject }, trx)
      return { user, renewal }
    })
  }
}
