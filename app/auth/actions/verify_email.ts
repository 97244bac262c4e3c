import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { MailToken } from '#auth/domain/mail_token'
import InvalidMailToken from '#auth/exceptions/invalid_mail_token'
import EmailVerification from '#auth/models/email_verification'
import PasswordReset from '#auth/models/password_reset'
import User from '#users/models/user'

/**
 * Takes the token of a mail as proof: the address is verified, and becomes the
 * user's if it is the one they asked for. Tokens mailed to the old one are dead.
 *
 * @throws InvalidMailToken
 * @throws EmailTaken
 */
export default class VerifyEmail {
  async handle({ token: value }: { token: string }) {
    const token = MailToken.read(value)
    if (!token) throw new InvalidMailToken()

    await tenant.transaction(token.userId, async (trx) => {
      const user = await User.lockCredentials(token.userId, trx)
      const verification = await EmailVerification.claim(token, trx)
      if (!user || user.isDisabled || !verification) throw new InvalidMailToken()

      const isNew = verification.email !== user.email
      await user.confirmEmail(verification.email, trx)
      if (isNew) await PasswordReset.forget(user.id, trx)
      const action = isNew ? 'email.changed' : 'email.verified'
      await audit.record({ actor: user, action, subject: user, userId: user.id }, trx)
    })
  }
}
