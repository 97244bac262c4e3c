import { tenant } from '#core/database/tenant'
import { writeAndPost } from '#core/mail/post'
import VerifyEmailMail from '#auth/mails/verify_email_mail'
import EmailVerification from '#auth/models/email_verification'
import User from '#users/models/user'

/** Mails a token to a user whose address nobody has confirmed; to others nothing. */
export default class SendVerification {
  async handle({ userId }: { userId: string }) {
    await writeAndPost(VerifyEmailMail, ({ random }) =>
      tenant.transaction(userId, async (trx) => {
        const user = await User.find(userId, { client: trx })
        if (!user || user.emailVerified || user.isDisabled) return null

        const verification = await EmailVerification.open(user, user.email, trx)
        return new VerifyEmailMail(user.email, await verification.issueToken(trx, random))
      })
    )
  }
}
