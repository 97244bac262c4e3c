import { defineConfig } from '@adonisjs/shield'

/**
 * What pages may do. The headers that every answer carries, those of the API too,
 * are set by core/http/security_headers_middleware.
 */
export default defineConfig({
  /**
   * Only scripts that were put into the page by us run: each request has a nonce of
   * its own (`cspNonce` in views). Swagger UI draws its icons from `data:`.
   */
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'none'`],
      scriptSrc: ['@nonce'],
      styleSrc: [`'self'`],
      imgSrc: [`'self'`, 'data:'],
      connectSrc: [`'self'`],
      baseUri: [`'none'`],
      formAction: [`'none'`],
      frameAncestors: [`'none'`],
    },
  },
})
