import { assetUrl } from '#core/openapi/assets'
import type { HttpContext } from '@adonisjs/core/http'

/** Only what this server sends may run; Swagger UI draws its icons from `data:`. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The API document for people: Swagger UI from this server's own files. */
export default class DocsController {
  async show({ response, view }: HttpContext) {
    response.header('Content-Security-Policy', contentSecurityPolicy)
    response.header('Cache-Control', 'no-cache')

    return view.render('pages/docs/show', { assetUrl })
  }
}
