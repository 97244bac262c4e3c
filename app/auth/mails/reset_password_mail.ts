import { AccountMail, linkTo } from '#auth/mails/account_mail'
import type { MailToken } from '#auth/domain/mail_token'

/** Leave to set a new password, for an hour. */
export default class ResetPasswordMail extends AccountMail {
  override readonly subject = 'Set a new password'
  override readonly view = 'reset_password'

  constructor(to: string, { value: token }: MailToken) {
    super(to, { token, link: linkTo('/reset-password', token) })
  }
}
