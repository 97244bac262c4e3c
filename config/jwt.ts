import env from '#start/env'
import { createHash, createHmac, createSecretKey } from 'node:crypto'

/**
 * Access tokens (the shape of RFC 9068, HS256) and the mark of refresh tokens.
 * The current secret signs; the previous one, set while secrets are rotated,
 * still verifies. A key id is a digest of its secret, so that all processes of
 * a rotation agree on it.
 */
function signingKey(secret: string) {
  return {
    id: createHash('sha256').update(secret).digest('hex').slice(0, 12),
    key: createSecretKey(Buffer.from(secret, 'utf8')),
    refreshMark: createHmac('sha256', secret).update('refresh').digest('base64url'),
  }
}

const current = signingKey(env.get('JWT_ACCESS_TOKEN_SECRET').release())
const previous = env.get('JWT_ACCESS_TOKEN_SECRET_PREVIOUS')?.release()

export const jwt = {
  issuer: 'finora',
  audience: 'finora-api',
  current,
  keys: previous ? [current, signingKey(previous)] : [current],
}

/** Lifetimes in seconds. A session ends for good after `session`, refreshed or not. */
export const lifetimes = {
  accessToken: 900,
  refreshToken: 604_800,
  session: (env.get('SESSION_LIFETIME_DAYS') ?? 90) * 86_400,
}
