import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * What every answer says to browsers. Pages add a content security policy of
 * their own; an answer of the API is never a document.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html
 */
export default class SecurityHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('x-content-type-options', 'nosniff')
    response.header('referrer-policy', 'no-referrer')
    response.header('x-frame-options', 'DENY')
    if (request.url().startsWith('/api/')) {
      response.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      response.header('cache-control', 'no-store')
    }
    return next()
  }
}
