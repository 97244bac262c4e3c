import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { holdTo, limits } from '#core/http/limits/limits'
import { clientNetwork } from '#core/http/network/addresses'
import { isProbe } from '#core/http/network/probes'

/**
 * The limit behind all others: requests of one client, signed in or not, to paths
 * that exist or not. Probes must be answered whoever floods us.
 */
export default class ClientLimitMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    if (!isProbe(ctx.request)) {
      holdTo(limits.ip.count(clientNetwork(ctx.request.ip())), ctx)
    }
    return next()
  }
}
