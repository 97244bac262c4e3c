import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'
import SignInAgain from '#auth/exceptions/sign_in_again'
import MailNotice from '#auth/jobs/mail_notice'
import OtpEnrolment from '#auth/models/otp_enrolment'
import Session from '#auth/models/session'
import User from '#users/models/user'

/**
 * Turns one-time passwords off, or gives up an enrolment that was not confirmed.
 * The other sessions end, so that an owner who didn't do it notices. Throws
 * `SignInAgain`, `NotFound`.
 */
export default class RemoveOtp {
  async handle({ actor, sessionId }: { actor: User; sessionId: string }) {
    await tenant.transaction(actor.id, async (trx) => {
      await User.lockCredentials(actor.id, trx)
      if (!(await Session.isFresh(sessionId, trx))) throw new SignInAgain()

      const enrolment = await OtpEnrolment.lock(actor.id, trx)
      if (!enrolment) throw new NotFound()

      await enrolment.delete()
      if (enrolment.isConfirmed) {
        await Session.revokeOthers(actor.id, sessionId, trx)
        await outbox.enqueue(MailNotice, { userId: actor.id, notice: 'otp-off' }, trx)
      }
      await audit.record({ actor, action: 'otp.removed', subject: actor, userId: actor.id }, trx)
    })
  }
}
