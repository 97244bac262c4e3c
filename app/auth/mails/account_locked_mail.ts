import { AccountMail } from '#auth/mails/account_mail'

/** Too many wrong passwords were tried. */
export default class AccountLockedMail extends AccountMail {
  override readonly subject = 'Your account is locked for a while'
  override readonly view = 'account_locked'
}
