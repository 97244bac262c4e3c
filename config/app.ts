import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'
import { refuseBadUrl } from '#core/http/bad_url'

/** The address under which clients reach Finora; used in mails and documents. */
export const appUrl = env.get('APP_URL')

/** Proxies whose `X-Forwarded-*` headers are believed: none unless set. */
const trustedProxies = (env.get('TRUSTED_PROXIES') ?? '')
  .split(',')
  .map((address) => address.trim())
  .filter(Boolean)

export const http = defineConfig({
  /** Request ids are made in core/http, which also refuses insane ones. */
  generateRequestId: false,

  /** A path that can't be decoded is answered like every other error. */
  onBadUrl: refuseBadUrl,

  /** `_method` in a form body never changes the verb of an API call. */
  allowMethodSpoofing: false,

  /** Answers are plain data: what the default adds for cycles and BigInt costs more than the rest. */
  serializeJSON: JSON.stringify,

  /** Async local storage costs throughput and hides who needs the context. */
  useAsyncLocalStorage: false,

  trustProxy: (address: string) => trustedProxies.includes(address),

  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: app.inProduction,
    sameSite: 'lax',
  },
})
