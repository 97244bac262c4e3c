import { isSecure } from '#config/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const YEAR = 31_536_000

/** Nothing a page of ours does needs a device or a sensor. */
const NO_FEATURES = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'

/**
 * What every answer says to browsers. Pages add a content security policy of
 * their own (config/shield); an answer of the API is never a document, and which
 * headers it has depends on who asks.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html
 */
export default class SecurityHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('x-content-type-options', 'nosniff')
    response.header('referrer-policy', 'no-referrer')
    response.header('x-frame-options', 'DENY')
    response.header('cross-origin-opener-policy', 'same-origin')
    response.header('cross-origin-resource-policy', 'same-origin')
    if (isSecure) {
      response.header('strict-transport-security', `max-age=${YEAR}; includeSubDomains`)
    }
    if (request.url().startsWith('/api/')) {
      response.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      response.header('cache-control', 'no-store')
      response.header('vary', 'Origin')
    } else {
      response.header('permissions-policy', NO_FEATURES)
    }
    return next()
  }
}
