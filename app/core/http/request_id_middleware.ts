import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Every answer tells the id under which the request stands in the logs. */
export default class RequestIdMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('x-request-id', request.id()!)
    return next()
  }
}
