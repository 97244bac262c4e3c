import env from '#start/env'
import { defineConfig } from '@adonisjs/cors'
import { originList } from '#core/http/network/origins'

/** Browsers of these origins may call the API; none unless `CORS_ORIGINS` names them. */
export const origins = originList('CORS_ORIGINS', env.get('CORS_ORIGINS') ?? '')

export default defineConfig({
  /** Pages beside the API are nobody else's to call. */
  enabled: ({ request }) => request.url().startsWith('/api/'),
  origin: origins,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  headers: true,
  exposeHeaders: [
    'ETag',
    'Location',
    'X-Request-Id',
    'Idempotency-Replayed',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'Retry-After',
  ],

  /** Tokens travel in a header that pages set themselves; cookies never open the API. */
  credentials: false,

  /** Browsers remember a preflight for this long (seconds). */
  maxAge: 600,
})
