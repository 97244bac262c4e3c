import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Conflict, Unauthenticated, ValidationFailed } from '#core/http/problem'
import MailNotice from '#auth/jobs/mail_notice'
import OtpEnrolment from '#auth/models/otp_enrolment'
import Session from '#auth/models/session'
import User from '#users/models/user'

interface Input {
  actor: User
  sessionId: string
  otp: string
}

/**
 * Turns one-time passwords on for whoever shows that their authenticator works.
 * The other sessions never saw one, so they end. Throws `Unauthenticated`,
 * `Conflict`, `ValidationFailed`.
 */
export default class ConfirmOtp {
  async handle({ actor, sessionId, otp }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      await User.lockCredentials(actor.id, trx)
      if (!(await Session.lockLive(sessionId, trx))) throw new Unauthenticated()

      const enrolment = await OtpEnrolment.lock(actor.id, trx)
      if (!enrolment || enrolment.isConfirmed) throw new Conflict('There is nothing to confirm.')
      if (!(await enrolment.spend(otp, trx))) {
        throw ValidationFailed.field('otp', 'otp', 'This is not the code of the moment')
      }

      await enrolment.confirm(trx)
      await Session.revokeOthers(actor.id, sessionId, trx)
      await audit.record({ actor, action: 'otp.confirmed', subject: actor, userId: actor.id }, trx)
      await outbox.enqueue(MailNotice, { userId: actor.id, notice: 'otp-on' }, trx)
    })
  }
}
