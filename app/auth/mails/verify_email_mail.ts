import { AccountMail, linkTo } from '#auth/mails/account_mail'
import type { MailToken } from '#auth/domain/mail_token'

/** To a new user: is this address really yours? */
export default class VerifyEmailMail extends AccountMail {
  override readonly subject = 'Confirm your e-mail address'
  override readonly view = 'verify_email'

  constructor(to: string, { value: token }: MailToken) {
    super(to, { token, link: linkTo('/verify-email', token) })
  }
}
