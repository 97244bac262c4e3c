import env from '#start/env'
import { createHash, createSecretKey } from 'node:crypto'

/**
 * Access tokens (RFC 9068 shape, HS256). The current secret signs; the previous
 * one, set while secrets are rotated, still verifies. The key id is a digest of
 * the secret, so that both processes of a rotation agree on it.
 */
function signingKey(secret: string) {
  return {
    id: createHash('sha256').update(secret).digest('hex').slice(0, 12),
    key: createSecretKey(Buffer.from(secret, 'utf8')),
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

/** Lifetimes in seconds. */
export const lifetimes = {
  accessToken: 900,
  refreshToken: 604_800,
}
