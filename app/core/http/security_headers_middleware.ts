import { isSecure } from '#config/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const YEAR = 31_536_000

/** Nothing a page of ours does needs a device or a sensor. */
const NO_FEATURES = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'

/** What isn't a page must do nothing if a browser takes it for one. */
const NO_DOCUMENT = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/**
 * What every answer says to browsers. Pages have a content security policy of
 * their own (config/shield), which takes the place of this one. The headers of an
 * answer of the API depend on who asks.
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
      response.header('content-security-policy', NO_DOCUMENT)
      response.header('cache-control', 'no-store')
      response.header('vary', 'Origin')
    } else {
      response.response.setHeader('content-security-policy', NO_DOCUMENT)
      response.header('permissions-policy', NO_FEATURES)
    }
    return next()
  }
}
