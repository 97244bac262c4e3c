import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** `bulk`: JSON of many rows. `multipart`: a file, read by `readMultipart`. */
export type Accepted = 'bulk' | 'multipart'

/**
 * Marks a route that takes more than an ordinary JSON body:
 * `router.post(…).use(middleware.accepts('multipart'))`. It does nothing when it
 * runs: the body is read before a route's own middleware, by whoever asks
 * `accepts(route)`.
 */
export default class AcceptsMiddleware {
  handle(_ctx: HttpContext, next: NextFn, _accepted: Accepted) {
    return next()
  }
}

const known = new WeakMap<object, Accepted | 'json'>()

/** What the route was marked with. */
export function accepts(route: HttpContext['route']): Accepted | 'json' {
  if (route === undefined) {
    return 'json'
  }
  let accepted = known.get(route)
  if (accepted === undefined) {
    accepted = marker(route)
    known.set(route, accepted)
  }
  return accepted
}

function marker(route: NonNullable<HttpContext['route']>): Accepted | 'json' {
  for (const middleware of route.middleware.all()) {
    if (typeof middleware === 'object' && middleware.name === 'accepts') {
      return middleware.args as unknown as Accepted
    }
  }
  return 'json'
}
