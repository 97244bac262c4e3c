import { randomUUIDv7 } from 'node:crypto'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailVerification from '#auth/jobs/mail_verification'
import EmailVerification from '#auth/models/email_verification'
import User from '#users/models/user'

/**
 * Has the verification mailed again; known, unknown and verified addresses cost the
 * same. Not while one was mailed a moment ago: who registers with a stranger's
 * address must not fill their mailbox.
 */
export default class RequestVerification {
  async handle({ email }: { email: string }) {
    const user = await User.findForSignIn(email)
    const userId = user?.id ?? randomUUIDv7()
    const address = User.normaliseEmail(email)

    await tenant.transaction(userId, async (trx) => {
      const isUnderWay = await EmailVerification.isUnderWay(userId, address, trx)
      const recipient = isUnderWay ? randomUUIDv7() : userId
      await outbox.enqueue(MailVerification, { userId: recipient }, trx)
    })
  }
}
