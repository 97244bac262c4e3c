import { errors, symbols } from '@adonisjs/auth'
import type { AuthClientResponse, GuardContract } from '@adonisjs/auth/types'
import type { HttpContext } from '@adonisjs/core/http'
import type { Credential } from '#core/database/tenant'
import type User from '#users/models/user'

/**
 * Authenticates `Authorization: Bearer …`. What it carries, and who vouches for it,
 * is what the guards differ in.
 */
export abstract class BearerGuard implements GuardContract<User> {
  declare [symbols.GUARD_KNOWN_EVENTS]: Record<string, never>

  abstract readonly driverName: string
  authenticationAttempted = false
  user?: User

  #identified?: Promise<User | null>

  constructor(readonly ctx: HttpContext) {}

  /**
   * From the request alone: whom it claims to be from, and what has to prove it. Without
   * a proof to take along, `authenticate` has to come before everything else.
   */
  abstract present(): Promise<Credential | null>

  /** Throws `Forbidden` when what is authenticated may not do what is asked. */
  authorize() {}

  /** Signs a test client in. */
  abstract authenticateAsClient(user: User): Promise<AuthClientResponse>

  /** Whose the credential is, if it still counts. */
  protected abstract identify(): Promise<User | null>

  get isAuthenticated() {
    return this.user !== undefined
  }

  /** Asked once a request: who failed to get an answer gets the same failure again. */
  async authenticate() {
    this.authenticationAttempted = true
    this.#identified ??= this.identify()
    const user = await this.#identified
    if (!user) throw this.#refusal()
    return (this.user = user)
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

  #refusal() {
    return new errors.E_UNAUTHORIZED_ACCESS('The token is missing, invalid or expired', {
      guardDriverName: this.driverName,
    })
  }
}
