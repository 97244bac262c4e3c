import { errors } from '@adonisjs/auth'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { holdTo, limits } from '#core/http/limits/limits'
import type { Authenticators } from '@adonisjs/auth/types'
import type { Credential } from '#core/database/tenant'
import { Caller } from '#core/http/caller'
import { Unauthenticated } from '#core/http/problem'

type Guards = (keyof Authenticators)[]

/** A guard that can tell from the request alone whom it claims to be from. */
interface PresentingGuard {
  check(): Promise<boolean>
  present(): Promise<Credential | null>
  authorize(): void
}

/**
 * Lets only signed-in users through, as often as they may:
 * `middleware.auth({ guards: ['jwt'] })`.
 *
 * A write waits until Postgres has said that the session lives, and so does whatever
 * comes with a token that nobody signed. A read starts on the signature alone, and
 * what it asks through `ctx.caller` carries the proof along; nothing leaves before
 * there is one, whatever the outcome.
 *
 * A request counts before anything is done for it, and for good only with the
 * proof: a stolen token that was revoked uses up nothing of its user's.
 */
export default class AuthMiddleware {
  async handle(ctx: HttpContext, next: NextFn, { guards = ['jwt'] }: { guards?: Guards } = {}) {
    const caller = (ctx.caller = await this.#callerOf(ctx, guards))
    const { standing, settle } = limits.api.claim(caller.userId)
    try {
      holdTo(standing, ctx)
      if (isRead(ctx) && caller.takesProofAlong) return await this.#read(ctx, next)
      await caller.prove()
      caller.authorize()
      return await next()
    } finally {
      settle(caller.isProven)
    }
  }

  /** Who gets a 503 learns nothing by it, and need not wait for Postgres once more. */
  async #read({ caller, response }: HttpContext, next: NextFn) {
    try {
      return await next()
    } finally {
      if (response.getStatus() !== 503) await caller.prove()
    }
  }

  async #callerOf(ctx: HttpContext, guards: Guards) {
    const { auth, request, containerResolver } = ctx
    if (authorizations(request) > 1) throw new Unauthenticated()

    for (const name of guards) {
      const guard: PresentingGuard = auth.use(name)
      const credential = await guard.present()
      if (credential) {
        return new Caller({
          credential,
          present: async () => {
            const manager = await containerResolver.make('auth.manager')
            const again: PresentingGuard = manager.createAuthenticator(ctx).use(name)
            const later = await again.present()
            return later?.proof || (await again.check()) ? later : null
          },
          authenticate: () => auth.authenticateUsing([name]),
          authorize: () => guard.authorize(),
        })
      }
    }
    throw new errors.E_UNAUTHORIZED_ACCESS('No credential', { guardDriverName: guards[0] })
  }
}

function isRead({ request }: HttpContext) {
  return request.method() === 'GET' || request.method() === 'HEAD'
}

/** Node takes the first of several, something in front of us may have taken the last. */
function authorizations({ request: { rawHeaders } }: HttpContext['request']) {
  const isNamed = (text: string, position: number) =>
    position % 2 === 0 && text.length === 13 && text.toLowerCase() === 'authorization'
  return rawHeaders.filter(isNamed).length
}
