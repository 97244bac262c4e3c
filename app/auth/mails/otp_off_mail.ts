import { AccountMail } from '#auth/mails/account_mail'

/** Signing in takes the password alone again. */
export default class OtpOffMail extends AccountMail {
  override readonly subject = 'One-time passwords are off'
  override readonly view = 'otp_off'
}
