import { tenant } from '#core/database/tenant'
import { post, writeAndPost } from '#core/mail/post'
import ChangeEmailMail from '#auth/mails/change_email_mail'
import EmailChangeRequestedMail from '#auth/mails/email_change_requested_mail'
import EmailVerification from '#auth/models/email_verification'
import User from '#users/models/user'

interface Input {
  userId: string
  verificationId: string
}

/**
 * Tells the old address, then mails the token to the new one. In this order,
 * because only before the token is out the user's address is surely the old one.
 * A verification that a later one replaced is passed over.
 */
export default class SendEmailChange {
  async handle({ userId, verificationId }: Input) {
    const pending = await tenant.transaction(userId, async (trx) => {
      const verification = await EmailVerification.find(verificationId, { client: trx })
      const user = await User.find(userId, { client: trx })
      return verification && user ? { verification, user } : null
    })
    if (!pending) return

    const { verification, user } = pending
    if (!verification.hasToken) await post(new EmailChangeRequestedMail(user.email))
    await writeAndPost(ChangeEmailMail, async ({ random }) => {
      const token = await tenant.transaction(userId, (trx) => verification.issueToken(trx, random))
      return new ChangeEmailMail(verification.email, token)
    })
  }
}
