import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import User from '#users/models/user'

interface Input {
  actor: User
  changes: { name?: string; currency?: string; timezone?: string; locale?: string }
  precondition: Precondition
}

/** Changes how a user is addressed and what their analytics are counted in. */
export default class ChangeProfile {
  async handle({ actor, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const user = await User.findOrFail(actor.id, { client: trx })
      await precondition(user, trx)

      await user.merge(changes).save()
      await audit.record(
        {
          actor,
          action: 'user.profile-changed',
          subject: user,
          data: { fields: Object.keys(changes) },
          userId: user.id,
        },
        trx
      )
      return user
    })
  }
}
