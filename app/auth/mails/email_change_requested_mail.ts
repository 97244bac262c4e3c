import { AccountMail } from '#auth/mails/account_mail'

/** To the old address: somebody who knows the password wants another one. */
export default class EmailChangeRequestedMail extends AccountMail {
  override readonly subject = 'Another e-mail address for your account'
  override readonly view = 'email_change_requested'
}
