import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'
import { refuseBadUrl } from '#core/http/bad_url'
import { addressList, plainAddress } from '#core/http/network/addresses'
import { hostList } from '#core/http/network/hosts'
import { isIP } from 'node:net'

/** The address under which clients reach Finora; used in mails and documents. */
export const appUrl = env.get('APP_URL')

/** Browsers must come by TLS from now on (HSTS): only where people already do. */
export const isSecure = app.inProduction && appUrl.startsWith('https:')

/** Host names that are answered: that of `APP_URL` and those of `ALLOWED_HOSTS`. */
export const hosts = hostList(appUrl, 'ALLOWED_HOSTS', env.get('ALLOWED_HOSTS') ?? '')

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

  /** Proxies whose `X-Forwarded-*` headers are believed: none unless set, not even loopback. */
  trustProxy: addressList('TRUSTED_PROXIES', env.get('TRUSTED_PROXIES') ?? ''),

  /** What a proxy passes on without looking may be no address at all: then it is the proxy's. */
  getIp(request, forwarded) {
    const address = plainAddress(forwarded())
    return isIP(address) ? address : plainAddress(request.request.socket.remoteAddress ?? '')
  },

  /** Of every cookie: no script reads it, no other site sends it along with a form. */
  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: app.inProduction,
    sameSite: 'lax',
  },
})
