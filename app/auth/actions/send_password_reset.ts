import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { writeAndPost } from '#core/mail/post'
import ResetPasswordMail from '#auth/mails/reset_password_mail'
import PasswordReset from '#auth/models/password_reset'
import User from '#users/models/user'

/**
 * Mails a user leave to set a new password; to nobody, and to who is kept out,
 * nothing. A mail that may have arrived isn't repeated when its token is used up:
 * that would be good once more.
 */
export default class SendPasswordReset {
  async handle({ userId }: { userId: string }) {
    await writeAndPost(ResetPasswordMail, ({ random, mayHaveArrived }) =>
      tenant.transaction(userId, async (trx) => {
        const user = await User.find(userId, { client: trx })
        if (!user || user.isDisabled) return null
        if (mayHaveArrived && !(await PasswordReset.isOpen(userId, trx))) return null

        const token = await PasswordReset.issue(user, trx, random)
        await audit.record(
          { actor: 'system', action: 'password.reset-requested', subject: user, userId },
          trx
        )
        return new ResetPasswordMail(user.email, token)
      })
    )
  }
}
