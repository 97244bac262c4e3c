import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import SignInAgain from '#auth/exceptions/sign_in_again'
import OtpEnrolment from '#auth/models/otp_enrolment'
import Session from '#auth/models/session'
import User from '#users/models/user'

/**
 * Gives out the secret of an authenticator and recovery codes. Nothing is asked
 * for at sign-in before it is confirmed. Throws `SignInAgain`, `Conflict`.
 */
export default class StartOtp {
  async handle({ actor, sessionId }: { actor: User; sessionId: string }) {
    return tenant.transaction(actor.id, async (trx) => {
      await User.lockCredentials(actor.id, trx)
      if (!(await Session.isFresh(sessionId, trx))) throw new SignInAgain()

      const shown = await OtpEnrolment.start(actor, trx)
      if (!shown) throw new Conflict('One-time passwords are on. Turn them off to start anew.')

      await audit.record({ actor, action: 'otp.started', subject: actor, userId: actor.id }, trx)
      return shown
    })
  }
}
