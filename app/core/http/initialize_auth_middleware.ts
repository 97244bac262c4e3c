import app from '@adonisjs/core/services/app'
import type { AuthManager } from '@adonisjs/auth'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Authenticators } from '@adonisjs/auth/types'
import type {} from '@adonisjs/auth/initialize_auth_middleware'

/**
 * Puts the authenticator into the context. The package's own middleware also
 * touches `ctx.view`, which makes Edge scan its folders on every request.
 */
export default class InitializeAuthMiddleware {
  #manager?: AuthManager<Authenticators>

  async handle(ctx: HttpContext, next: NextFn) {
    this.#manager ??= await app.container.make('auth.manager')
    ctx.auth = this.#manager.createAuthenticator(ctx)
    return next()
  }
}
