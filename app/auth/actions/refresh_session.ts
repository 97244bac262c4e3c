import { performance } from 'node:perf_hooks'
import { jwt } from '#config/jwt'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { RefreshToken } from '#auth/domain/refresh_token'
import InvalidRefreshToken from '#auth/exceptions/invalid_refresh_token'
import MailNotice from '#auth/jobs/mail_notice'
import Session from '#auth/models/session'
import User from '#users/models/user'

/**
 * Exchanges a refresh token for the next one of its family (RFC 9700, 4.14).
 *
 * Exactly one of several simultaneous exchanges wins; the others are refused.
 * A token that was replaced before it was presented has been copied: its whole
 * family is revoked, and its owner told.
 */
export default class RefreshSession {
  async handle({ refreshToken }: { refreshToken: string }) {
    const arrivedAt = performance.now()
    const token = RefreshToken.read(refreshToken)
    if (!token) throw new InvalidRefreshToken()

    const renewed = await tenant.transaction(token.userId, async (trx) => {
      const session = await Session.lockLive(token.sessionId, trx)
      if (!session) return null

      if (session.holds(token)) {
        const user = await User.findOrFail(session.userId, { client: trx })
        return { user, renewal: await session.rotate(trx) }
      }

      const isOurs = token.isGenuine(jwt.keys.map(({ refreshMark }) => refreshMark))
      if (isOurs && (await session.wasRotatedBefore(performance.now() - arrivedAt, trx))) {
        await session.revoke(trx)
        await audit.record(
          {
            actor: 'system',
            action: 'session.revoked-after-reuse',
            subject: session,
            userId: session.userId,
          },
          trx
        )
        await outbox.enqueue(MailNotice, { userId: session.userId, notice: 'session-revoked' }, trx)
      }
      return null
    })

    if (!renewed) throw new InvalidRefreshToken()
    return renewed
  }
}
