import { AccountMail } from '#auth/mails/account_mail'

/** A refresh token was used twice: somebody has a copy of it. */
export default class SessionRevokedMail extends AccountMail {
  override readonly subject = 'One of your sessions was ended'
  override readonly view = 'session_revoked'
}
