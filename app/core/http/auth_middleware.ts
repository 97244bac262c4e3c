import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Authenticators } from '@adonisjs/auth/types'

/**
 * Lets only signed-in users through: `middleware.auth({ guards: ['jwt'] })`.
 * What they get is theirs alone, so no cache may keep it.
 */
export default class AuthMiddleware {
  async handle(
    ctx: HttpContext,
    next: NextFn,
    options: { guards?: (keyof Authenticators)[]; loginRoute?: string } = {}
  ) {
    await ctx.auth.authenticateUsing(options.guards, { loginRoute: options.loginRoute })
    ctx.response.header('cache-control', 'no-store')
    return next()
  }
}
