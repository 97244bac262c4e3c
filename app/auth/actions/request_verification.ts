import { randomUUIDv7 } from 'node:crypto'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailVerification from '#auth/jobs/mail_verification'
import User from '#users/models/user'

/** Has the verification mailed again; known, unknown and verified addresses cost the same. */
export default class RequestVerification {
  async handle({ email }: { email: string }) {
    const user = await User.findForSignIn(email)
    const userId = user?.id ?? randomUUIDv7()
    await tenant.transaction(userId, (trx) => outbox.enqueue(MailVerification, { userId }, trx))
  }
}
