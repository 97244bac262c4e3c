import { AccountMail } from '#auth/mails/account_mail'

/** The password is another one, by a change or a reset. */
export default class PasswordChangedMail extends AccountMail {
  override readonly subject = 'Your password was changed'
  override readonly view = 'password_changed'
}
