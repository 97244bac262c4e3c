import { randomUUIDv7 } from 'node:crypto'
import logger from '@adonisjs/core/services/logger'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const SANE = /^[A-Za-z0-9._-]{8,128}$/

/**
 * Gives every request an id: the client's `X-Request-Id` when it is sane, else a
 * new one. It stands in every answer and in every line that is logged meanwhile.
 */
export default class RequestIdMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const given = ctx.request.header('x-request-id')
    const id = given !== undefined && SANE.test(given) ? given : randomUUIDv7()

    ctx.request.request.headers['x-request-id'] = id
    ctx.response.header('x-request-id', id)
    ctx.logger = logger.child({ request_id: id })
    return next()
  }
}
