import { performance } from 'node:perf_hooks'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jwt } from '#config/jwt'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { ExchangesUnderWay } from '#auth/domain/exchanges_under_way'
import { RefreshToken } from '#auth/domain/refresh_token'
import InvalidRefreshToken from '#auth/exceptions/invalid_refresh_token'
import MailNotice from '#auth/jobs/mail_notice'
import Session from '#auth/models/session'
import User from '#users/models/user'

const exchanges = new ExchangesUnderWay()

/**
 * Exchanges a refresh token for the next one of its family (RFC 9700, 4.14).
 *
 * Exactly one of several simultaneous exchanges wins; the others are refused.
 * A token that was replaced before it was presented has been copied: its whole
 * family is revoked, and its owner told.
 */
export default class RefreshSession {
  /** @param arrivedAt when the request came in, on the clock of `performance.now()` */
  async handle({ refreshToken, arrivedAt }: { refreshToken: string; arrivedAt: number }) {
    const token = RefreshToken.read(refreshToken)
    if (!token) throw new InvalidRefreshToken()

    const renewed = await exchanges.run(token.sessionId, arrivedAt, (overlaps) =>
      tenant.transaction(token.userId, async (trx) => {
        const session = await Session.lockLive(token.sessionId, trx)
        if (!session) return null

        if (session.holds(token)) {
          const user = await User.findOrFail(session.userId, { client: trx })
          return { user, renewal: await session.rotate(trx) }
        }

        const isOurs = token.isGenuine(jwt.keys.map(({ refreshMark }) => refreshMark))
        const waited = performance.now() - arrivedAt
        if (isOurs && !overlaps && (await session.wasRotatedBefore(waited, trx))) {
          await this.#endFamily(session, trx)
        }
        return null
      })
    )
    if (!renewed) throw new InvalidRefreshToken()
    return renewed
  }

  async #endFamily(session: Session, trx: TransactionClientContract) {
    const { userId } = session
    await session.revoke(trx)
    await audit.record(
      { actor: 'system', action: 'session.revoked-after-reuse', subject: session, userId },
      trx
    )
    await outbox.enqueue(MailNotice, { userId, notice: 'session-revoked' }, trx)
  }
}
