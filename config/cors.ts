import env from '#start/env'
import { defineConfig } from '@adonisjs/cors'

/** Browsers of these origins may call the API; none unless `CORS_ORIGINS` names them. */
const origins = (env.get('CORS_ORIGINS') ?? '')
  .split(',')
  .map((origin) => origin.trim())
  .filter(Boolean)

export default defineConfig({
  enabled: true,
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
  credentials: false,
  maxAge: 600,
})
