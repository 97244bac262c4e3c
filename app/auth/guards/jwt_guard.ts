import { errors, symbols } from '@adonisjs/auth'
import type { AuthClientResponse, GuardContract } from '@adonisjs/auth/types'
import type { HttpContext } from '@adonisjs/core/http'
import { tenant, type Credential } from '#core/database/tenant'
import { bearerToken } from '#core/http/bearer_token'
import { readAccessToken, signAccessToken } from '#auth/domain/access_token'
import Session from '#auth/models/session'
import type User from '#users/models/user'

/**
 * Authenticates `Authorization: Bearer <JWT>`. The signature proves who it was
 * issued to; Postgres is asked each time whether the session still lives, so
 * signing out takes effect at once, with Redis or without.
 */
export class JwtGuard implements GuardContract<User> {
  declare [symbols.GUARD_KNOWN_EVENTS]: Record<string, never>

  driverName = 'jwt' as const
  authenticationAttempted = false
  isAuthenticated = false
  user?: User

  /** The session the token belongs to; set once authenticated. */
  sessionId?: string

  constructor(readonly ctx: HttpContext) {}

  async authenticate() {
    if (this.user) return this.user
    if (this.authenticationAttempted) throw this.#refusal()

    this.authenticationAttempted = true
    const claims = await readAccessToken(bearerToken(this.ctx.request))
    const user = claims && (await Session.userOf(claims))
    if (!user) throw this.#refusal()

    this.user = user
    this.sessionId = claims.sessionId
    this.isAuthenticated = true
    return user
  }

  /** Whom the token claims to be from, and the session that has to prove it. */
  async present(): Promise<Credential | null> {
    const claims = await readAccessToken(bearerToken(this.ctx.request))
    return claims && { userId: claims.userId, proof: Session.proof(claims.sessionId) }
  }

  async check() {
    try {
      await this.authenticate()
      return true
    } catch (error) {
      if (error instanceof errors.E_UNAUTHORIZED_ACCESS) return false
      throw error
    }
  }

  getUserOrFail() {
    if (!this.user) throw this.#refusal()
    return this.user
  }

  /** Signs a test client in: `client.get(…).loginAs(user)`. */
  async authenticateAsClient(user: User): Promise<AuthClientResponse> {
    const refreshToken = await tenant.transaction(user.id, (trx) =>
      Session.open(user, { ip: null, userAgent: null }, trx)
    )
    const token = await signAccessToken(user, refreshToken.sessionId)
    return { headers: { authorization: `Bearer ${token}` } }
  }

  #refusal() {
    return new errors.E_UNAUTHORIZED_ACCESS('The access token is missing, invalid or expired', {
      guardDriverName: this.driverName,
    })
  }
}
