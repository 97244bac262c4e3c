import { errors, symbols } from '@adonisjs/auth'
import type { AuthClientResponse, GuardContract } from '@adonisjs/auth/types'
import type { HttpContext } from '@adonisjs/core/http'
import { randomUUIDv7 } from 'node:crypto'
import { tenant, type Credential } from '#core/database/tenant'
import { bearerToken } from '#core/http/bearer_token'
import { Forbidden } from '#core/http/problem'
import { LastUses } from '#auth/domain/last_uses'
import { PersonalToken } from '#auth/domain/personal_token'
import PersonalAccessToken from '#auth/models/personal_access_token'
import type User from '#users/models/user'

const lastUses = new LastUses()
const READS = ['GET', 'HEAD']

/**
 * Authenticates `Authorization: Bearer fin_pat_…`. Nothing in such a token
 * vouches for it but its digest in Postgres, so that is asked before anything
 * else happens in the name of its user.
 */
export class PatGuard implements GuardContract<User> {
  declare [symbols.GUARD_KNOWN_EVENTS]: Record<string, never>

  driverName = 'pat' as const
  authenticationAttempted = false
  isAuthenticated = false
  user?: User

  constructor(readonly ctx: HttpContext) {}

  /** Throws `Forbidden` when the token is good and may not change anything. */
  async authenticate() {
    if (this.user) return this.user
    if (this.authenticationAttempted) throw this.#refusal()

    this.authenticationAttempted = true
    const token = PersonalToken.read(bearerToken(this.ctx.request))
    const holder = token && (await PersonalAccessToken.holderOf(token))
    if (!holder) throw this.#refusal()
    if (!holder.mayWrite && !READS.includes(this.ctx.request.method())) {
      throw new Forbidden('This token has the scope `read` only.')
    }

    this.#noteUse(token)
    this.user = holder.user
    this.isAuthenticated = true
    return this.user
  }

  /** Whose token it is: proven already. */
  async present(): Promise<Credential | null> {
    return (await this.check()) ? { userId: this.user!.id } : null
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

  /** Signs a test client in: `client.get(…).withGuard('pat').loginAs(user)`. */
  async authenticateAsClient(user: User): Promise<AuthClientResponse> {
    const token = PersonalToken.issue(user.id, randomUUIDv7())
    await tenant.transaction(user.id, (trx) =>
      PersonalAccessToken.keep(token, { name: 'test', scopes: ['write'], expiresAt: null }, trx)
    )
    return { headers: { authorization: `Bearer ${token.value}` } }
  }

  /** Written once the answer is out, so that no request waits for it. */
  #noteUse(token: PersonalToken) {
    if (!lastUses.isDue(token.id)) return

    const { response, logger } = this.ctx
    response.onFinish(() => {
      PersonalAccessToken.touch(token).catch((error) =>
        logger.warn({ err: error }, 'the use of a token could not be noted')
      )
    })
  }

  #refusal() {
    return new errors.E_UNAUTHORIZED_ACCESS('The token is missing, invalid or expired', {
      guardDriverName: this.driverName,
    })
  }
}
