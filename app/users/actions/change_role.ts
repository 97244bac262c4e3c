import { audit, type Actor } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import User from '#users/models/user'

interface Change {
  actor: Actor
  userId: string
  role: User['role']
}

/** Gives a user another role, at once: whoever has the old one must sign in again. */
export default class ChangeRole {
  async handle({ actor, userId, role }: Change) {
    return tenant.transaction(userId, async (trx) => {
      const user = await User.findOrFail(userId, { client: trx })
      const from = user.role
      if (from === role) return user

      await user.promote(role, trx)
      await audit.record(
        { actor, action: 'user.role-changed', subject: user, data: { from, to: role }, userId },
        trx
      )
      return user
    })
  }
}
