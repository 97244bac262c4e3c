import { outbox } from '#core/database/outbox'
import MailVerification from '#auth/jobs/mail_verification'
import type UserRegistered from '#users/events/user_registered'

/** Asks a new user, by mail, whether the address is theirs. */
export default class SendFirstVerification {
  async handle({ user, trx }: UserRegistered) {
    if (user.emailVerified) return
    await outbox.enqueue(MailVerification, { userId: user.id }, trx)
  }
}
