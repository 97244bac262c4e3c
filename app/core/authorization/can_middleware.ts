import { Bouncer } from '@adonisjs/bouncer'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { abilities } from '#core/authorization/abilities'
import type {} from '#core/http/caller'
import { NotFound } from '#core/http/problem'

/**
 * Lets those through whose role has an ability: `middleware.can('openConsole')`, by
 * the role they have now and not the one a token remembers. Others don't learn that
 * there is anything. It lets nobody in itself: without a guard in front it is closed.
 */
export default class CanMiddleware {
  async handle(ctx: HttpContext, next: NextFn, ability: keyof typeof abilities) {
    const { caller }: Partial<HttpContext> = ctx
    const bouncer = new Bouncer((await caller?.user()) ?? null, abilities)
    if (await bouncer.denies(ability)) throw new NotFound()
    return next()
  }
}
