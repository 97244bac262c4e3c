import { post } from '#core/mail/post'
import { tenant } from '#core/database/tenant'
import AccountLockedMail from '#auth/mails/account_locked_mail'
import OtpOffMail from '#auth/mails/otp_off_mail'
import OtpOnMail from '#auth/mails/otp_on_mail'
import PasswordChangedMail from '#auth/mails/password_changed_mail'
import SessionRevokedMail from '#auth/mails/session_revoked_mail'
import TokenCreatedMail from '#auth/mails/token_created_mail'
import User from '#users/models/user'

const NOTICES = {
  'account-locked': AccountLockedMail,
  'password-changed': PasswordChangedMail,
  'session-revoked': SessionRevokedMail,
  'otp-on': OtpOnMail,
  'otp-off': OtpOffMail,
  'token-created': TokenCreatedMail,
}

export type Notice = keyof typeof NOTICES

/** Tells the owner what was done to their account, unless they are nobody (any more). */
export default class NotifyOwner {
  async handle({ userId, notice }: { userId: string; notice: Notice }) {
    const user = await tenant.transaction(userId, (trx) => User.find(userId, { client: trx }))
    if (user && !user.isErased) await post(new NOTICES[notice](user.email))
  }
}
