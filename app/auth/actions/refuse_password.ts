import { randomUUIDv7 } from 'node:crypto'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailNotice from '#auth/jobs/mail_notice'
import type PasswordGuess from '#auth/models/password_guess'
import type User from '#users/models/user'

interface Input {
  user: User | null
  guess: PasswordGuess
  action?: 'password.refused' | 'otp.refused'
}

/**
 * Writes down a wrong password or code; the last one allowed locks the address and tells
 * its owner. For an address nobody has the same is written and taken back to the
 * savepoint, so that both cost the same.
 */
export default class RefusePassword {
  async handle({ user, guess, action = 'password.refused' }: Input) {
    const userId = user?.id ?? randomUUIDv7()

    await tenant.transaction(userId, async (trx) => {
      await guess.fail(trx)
      await trx.transaction(async (savepoint) => {
        await audit.record({ actor: 'system', action, userId }, savepoint)
        if (guess.isLast) {
          await audit.record({ actor: 'system', action: 'account.locked', userId }, savepoint)
          await outbox.enqueue(MailNotice, { userId, notice: 'account-locked' }, savepoint)
        }
        if (!user) await savepoint.rollback()
      })
    })
  }
}
