import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import ResetPasswordMail from '#auth/mails/reset_password_mail'
import PasswordReset from '#auth/models/password_reset'
import User from '#users/models/user'

/** Mails a user leave to set a new password; to nobody, and to who is kept out, nothing. */
export default class SendPasswordReset {
  async handle({ userId }: { userId: string }) {
    const issued = await tenant.transaction(userId, async (trx) => {
      const user = await User.find(userId, { client: trx })
      if (!user || user.isDisabled) return null

      const token = await PasswordReset.issue(user, trx)
      await audit.record(
        { actor: 'system', action: 'password.reset-requested', subject: user, userId },
        trx
      )
      return { to: user.email, token }
    })

    if (issued) await post(new ResetPasswordMail(issued.to, issued.token))
  }
}
