import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'
import Session from '#auth/models/session'
import type User from '#users/models/user'

/** Ends one of the user's sessions, on whatever device. Throws `NotFound`. */
export default class RevokeSession {
  async handle({ actor, id }: { actor: User; id: string }) {
    await tenant.transaction(actor.id, async (trx) => {
      const session = await Session.lockLive(id, trx)
      if (!session) throw new NotFound()

      await session.revoke(trx)
      await audit.record(
        { actor, action: 'session.revoked', subject: session, userId: actor.id },
        trx
      )
    })
  }
}
