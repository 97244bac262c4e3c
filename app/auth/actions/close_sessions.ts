import { audit, type Actor } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Session from '#auth/models/session'

interface Closing {
  actor: Actor
  userId: string

  /** This one only; all of them unless given. */
  sessionId?: string
}

/** Ends live sessions of a user on somebody else's behalf. Answers how many there were. */
export default class CloseSessions {
  async handle({ actor, userId, sessionId }: Closing) {
    return tenant.transaction(userId, async (trx) => {
      const live = Session.query({ client: trx })
        .where('userId', userId)
        .whereNull('revokedAt')
        .whereRaw('expires_at > now()')
        .forUpdate()
      const sessions = await (sessionId ? live.where('id', sessionId) : live)
      for (const session of sessions) {
        await session.revoke(trx)
        await audit.record({ actor, action: 'session.closed', subject: session, userId }, trx)
      }
      return sessions.length
    })
  }
}
