import { audit, type Actor } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import PasswordGuess from '#auth/models/password_guess'
import type User from '#users/models/user'

/** Lifts the lock that wrong passwords put on a user's address. Answers whether there was one. */
export default class UnlockAccount {
  async handle({ actor, user }: { actor: Actor; user: User }) {
    return tenant.transaction(user.id, async (trx) => {
      const wasLocked = await PasswordGuess.forget(user.email, trx)
      if (wasLocked) {
        await audit.record(
          { actor, action: 'account.unlocked', subject: user, userId: user.id },
          trx
        )
      }
      return wasLocked
    })
  }
}
