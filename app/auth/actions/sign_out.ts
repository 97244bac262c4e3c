import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Session from '#auth/models/session'
import type User from '#users/models/user'

/** Ends one session, or with `everywhere` all sessions of the user. */
export default class SignOut {
  async handle({
    actor,
    sessionId,
    everywhere = false,
  }: {
    actor: User
    sessionId: string
    everywhere?: boolean
  }) {
    await tenant.transaction(actor.id, async (trx) => {
      if (everywhere) await Session.revokeAll(actor.id, trx)
      else await Session.lockLive(sessionId, trx).then((session) => session?.revoke(trx))
      await audit.record(
        {
          actor,
          action: everywhere ? 'session.closed-everywhere' : 'session.closed',
          userId: actor.id,
        },
        trx
      )
    })
  }
}
