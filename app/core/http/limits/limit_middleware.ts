import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { holdTo, limits } from '#core/http/limits/limits'
import { clientNetwork } from '#core/http/network/addresses'

export type LimitClass = 'auth' | 'imports' | 'files' | 'ai'

/**
 * Counts a route among those of its class: `middleware.limit('imports')`. Whoever
 * isn't signed in, behind the `auth` class, is known by their address and by the
 * e-mail address they try, so that neither many machines nor many addresses help.
 */
export default class LimitMiddleware {
  async handle(ctx: HttpContext, next: NextFn, name: LimitClass) {
    for (const client of name === 'auth' ? strangers(ctx) : [ctx.caller.userId]) {
      holdTo(await limits[name].count(client), ctx)
    }
    return next()
  }
}

function strangers({ request }: HttpContext) {
  /** Of the body, as the route reads it: a query can't stand in for it. */
  const { email }: { email?: unknown } = request.body() ?? {}
  const network = clientNetwork(request.ip())
  return typeof email === 'string' ? [network, addressed(email)] : [network]
}

/** Redis sees no e-mail addresses. Those that sign the same person in count as one. */
function addressed(email: string) {
  const address = email.slice(0, 1_024).trim().normalize('NFKC').toLowerCase()
  return createHash('sha256').update(address).digest('base64url')
}
