import { audit, type Actor } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict, NotFound } from '#core/http/problem'
import User from '#users/models/user'

interface Enabling {
  actor: Actor
  userId: string
  reason: string
}

/**
 * Lets a user come in again who was kept out. Their sessions stay ended. Answers
 * whether they were kept out. Throws `NotFound`, and `Conflict` when they are being
 * erased.
 */
export default class EnableUser {
  async handle({ actor, userId, reason }: Enabling) {
    return tenant.transaction(userId, async (trx) => {
      const user = await User.lockCredentials(userId, trx)
      if (!user) throw new NotFound()
      if (!user.isDisabled) return false
      if (user.isErased) throw new Conflict('The account is being erased.')

      await user.enable(trx)
      await audit.record(
        { actor, action: 'user.enabled', subject: user, data: { reason }, userId },
        trx
      )
      return true
    })
  }
}
