import { AccountMail, linkTo } from '#auth/mails/account_mail'
import type { MailToken } from '#auth/domain/mail_token'

/** To the new address: the account moves there once its token comes back. */
export default class ChangeEmailMail extends AccountMail {
  override readonly subject = 'Confirm your new e-mail address'
  override readonly view = 'change_email'

  constructor(to: string, { value: token }: MailToken) {
    super(to, { token, link: linkTo('/verify-email', token) })
  }
}
