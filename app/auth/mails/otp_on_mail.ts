import { AccountMail } from '#auth/mails/account_mail'

/** Somebody set up an authenticator. */
export default class OtpOnMail extends AccountMail {
  override readonly subject = 'One-time passwords are on'
  override readonly view = 'otp_on'
}
