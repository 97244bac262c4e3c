import { randomUUIDv7 } from 'node:crypto'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailPasswordReset from '#auth/jobs/mail_password_reset'
import PasswordReset from '#auth/models/password_reset'
import User from '#users/models/user'

/**
 * Has a reset mailed. For an address nobody has a job with an id nobody has is
 * written, so whoever asks can't tell, not by the time either. The same while one
 * was mailed a moment ago: a new token ends the one before, and a stranger who asks
 * again and again must not keep the owner from using theirs.
 */
export default class RequestPasswordReset {
  async handle({ email }: { email: string }) {
    const user = await User.findForSignIn(email)
    const userId = user?.id ?? randomUUIDv7()

    await tenant.transaction(userId, async (trx) => {
      const isUnderWay = await PasswordReset.isUnderWay(userId, trx)
      const recipient = isUnderWay ? randomUUIDv7() : userId
      await outbox.enqueue(MailPasswordReset, { userId: recipient }, trx)
    })
  }
}
