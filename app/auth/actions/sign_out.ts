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
      const live = Session.query({ client: trx }).where('userId', actor.id).whereNull('revokedAt')
      const sessions = everywhere ? await live : await live.where('id', sessionId)
      for (const session of sessions) await session.revoke(trx)
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
