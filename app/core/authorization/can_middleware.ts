import { Bouncer } from '@adonisjs/bouncer'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { abilities } from '#core/authorization/abilities'
import { NotFound } from '#core/http/problem'

/**
 * Lets those through whose role has an ability: `middleware.can('openConsole')`.
 * Others don't learn that there is anything. It looks at who was let in before and
 * lets nobody in itself: without a guard in front it is closed.
 */
export default class CanMiddleware {
  async handle({ auth }: HttpContext, next: NextFn, ability: keyof typeof abilities) {
    const bouncer = new Bouncer(auth.user ?? null, abilities)
    if (await bouncer.denies(ability)) throw new NotFound()
    return next()
  }
}
