import type { AuthClientResponse } from '@adonisjs/auth/types'
import { tenant, type Credential } from '#core/database/tenant'
import { bearerToken } from '#core/http/bearer_token'
import { readAccessToken, signAccessToken } from '#auth/domain/access_token'
import { BearerGuard } from '#auth/guards/bearer_guard'
import Session from '#auth/models/session'
import type User from '#users/models/user'

/**
 * Knows people by their access token. The signature proves who it was issued to;
 * Postgres is asked each time whether the session still lives, so signing out
 * takes effect at once, with Redis or without.
 */
export class JwtGuard extends BearerGuard {
  readonly driverName = 'jwt'

  /** The session the token belongs to; set once authenticated. */
  sessionId?: string

  /** Whom the token claims to be from, and the session that has to prove it. */
  async present(): Promise<Credential | null> {
    const claims = await this.#claims()
    return claims && { userId: claims.userId, proof: Session.proof(claims.sessionId) }
  }

  /** `client.get(…).loginAs(user)` */
  async authenticateAsClient(user: User): Promise<AuthClientResponse> {
    const { refreshToken } = await tenant.transaction(user.id, (trx) =>
      Session.open(user, { ip: null, userAgent: null }, trx)
    )
    const token = await signAccessToken(user, refreshToken.sessionId)
    return { headers: { authorization: `Bearer ${token}` } }
  }

  protected async identify() {
    const claims = await this.#claims()
    const user = claims && (await Session.userOf(claims))
    if (user) this.sessionId = claims.sessionId
    return user
  }

  #claims() {
    return readAccessToken(bearerToken(this.ctx.request))
  }
}
