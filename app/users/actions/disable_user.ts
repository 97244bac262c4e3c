import { audit, type Actor } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'
import User from '#users/models/user'

interface Disabling {
  actor: Actor
  userId: string
  reason: string
}

/**
 * Keeps a user out, at once: their sessions end and their tokens are refused until
 * `EnableUser`. Answers whether they could come in before. Throws `NotFound`.
 */
export default class DisableUser {
  async handle({ actor, userId, reason }: Disabling) {
    return tenant.transaction(userId, async (trx) => {
      const user = await User.lockCredentials(userId, trx)
      if (!user) throw new NotFound()
      if (user.isDisabled) return false

      await user.disable(trx)
      await audit.record(
        { actor, action: 'user.disabled', subject: user, data: { reason }, userId },
        trx
      )
      return true
    })
  }
}
