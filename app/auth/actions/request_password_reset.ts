import { randomUUIDv7 } from 'node:crypto'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailPasswordReset from '#auth/jobs/mail_password_reset'
import PasswordReset from '#auth/models/password_reset'
import User from '#users/models/user'

/**
 * Has a reset mailed. For an address nobody has a job with an id nobody has is
 * written, so whoever asks can't tell, not by the time either.
 */
export default class RequestPasswordReset {
  async handle({ email }: { email: string }) {
    const user = await User.findForSignIn(email)
    const userId = user?.id ?? randomUUIDv7()

    await tenant.transaction(userId, async (trx) => {
      await PasswordReset.forget(userId, trx)
      await outbox.enqueue(MailPasswordReset, { userId }, trx)
    })
  }
}
