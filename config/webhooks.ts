import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { addressList } from '#core/http/network/addresses'
import { portList, type OutboundRules } from '#core/http/network/outbound_rules'

const minutes = 60
const hours = 60 * minutes
const days = 24 * hours

const allowsHttp = !app.inProduction && (env.get('WEBHOOK_ALLOW_HTTP') ?? false)

/** Where webhooks may lead: the internet by https, unless the operator says more. */
export const outbound: OutboundRules = {
  allowsHttp,
  allowsPort: portList(
    'WEBHOOK_PORTS',
    env.get('WEBHOOK_PORTS') ?? (allowsHttp ? '80,443' : '443')
  ),
  allowsAddress: addressList('WEBHOOK_ALLOWED_NETWORKS', env.get('WEBHOOK_ALLOWED_NETWORKS') ?? ''),
  forbidsAddress: addressList(
    'WEBHOOK_FORBIDDEN_NETWORKS',
    env.get('WEBHOOK_FORBIDDEN_NETWORKS') ?? ''
  ),
}

/** Times are seconds unless the name says otherwise. */
export const webhooks = {
  /** Of one user. */
  most: 10,

  /** Milliseconds a receiver has for one attempt, redirects and all. */
  timeout: 10_000,

  /** Attempts of one user's under way at a time; more wait, and count for nothing. */
  atOnce: 2,

  /**
   * Waits between attempts, each longer or shorter by up to a fifth at random: after
   * these, some 18 hours, a delivery has failed.
   */
  waits: [1 * minutes, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours],

  /**
   * Who took longer than `slow` (milliseconds) is left alone for `rest`, whatever the
   * answer: what is due meanwhile counts as tried. One that hangs must not hold up the
   * webhooks of everybody.
   */
  slow: 3_000,
  rest: 30,

  /** How long the secret before signs too, once there is a new one. */
  overlap: 24 * hours,

  disable: {
    /** So many deliveries in a row failed for good. */
    failures: env.get('WEBHOOK_FAILURES') ?? 5,

    /** Or nothing was delivered for so long, though it was tried. */
    silence: 3 * days,
  },

  /** Days that deliveries are kept. */
  keepDays: 30,
}

if (!Number.isInteger(webhooks.disable.failures) || webhooks.disable.failures < 1) {
  throw new Error('WEBHOOK_FAILURES must be a whole number from 1 on')
}
