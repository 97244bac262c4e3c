import { AccountMail } from '#auth/mails/account_mail'

/** A program was given a way in. */
export default class TokenCreatedMail extends AccountMail {
  override readonly subject = 'A personal access token was made'
  override readonly view = 'token_created'
}
