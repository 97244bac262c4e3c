import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type {} from '#core/http/caller'
import { countRequest } from '#core/metrics/requests'
import { isProbe } from '#core/http/network/probes'

/** nginx's status for a client that left before the answer. */
const CLIENT_CLOSED = 499

/**
 * One line and one count per request, made when its answer is out. Query strings, bodies
 * and headers are not logged: they hold what people search for and own.
 */
export default class RequestLogMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.arrivedAt = performance.now()
    ctx.response.response.once('close', () => this.#log(ctx, performance.now() - ctx.arrivedAt))
    return next()
  }

  #log(ctx: HttpContext, duration: number) {
    const { request, response, logger, caller } = ctx
    const path = request.url()
    const status = response.finished ? response.getStatus() : CLIENT_CLOSED
    countRequest(ctx, status, duration)
    logger[isProbe(request) ? 'debug' : 'info'](
      {
        method: request.method(),
        path,
        status_code: status,
        duration_ms: Math.round(duration * 100) / 100,
        userId: caller?.userId,
      },
      'request'
    )
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** When the request came in, on the clock of `performance.now()`. */
    arrivedAt: number
  }
}
