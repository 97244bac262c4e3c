import env from '#start/env'
import { keyrings } from '#config/secrets'

const keyring = keyrings.JWT_ACCESS_TOKEN_SECRET

/**
 * Access tokens (the shape of RFC 9068, HS256) and the mark of refresh tokens.
 * The current key signs; all of them verify. Both change while the process runs
 * (config/secrets), so nobody keeps a copy.
 */
export const jwt = {
  issuer: 'finora',
  audience: 'finora-api',
  get current() {
    return keyring.active
  },
  get keys() {
    return keyring.keys
  },
  find(id: string) {
    return keyring.find(id)
  },
}

/** Lifetimes in seconds. A session ends for good after `session`, refreshed or not. */
export const lifetimes = {
  accessToken: 900,
  refreshToken: 604_800,
  session: (env.get('SESSION_LIFETIME_DAYS') ?? 90) * 86_400,

  /** For so long after signing in a session may change how one signs in. */
  freshSession: 600,
}
