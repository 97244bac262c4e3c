import { randomUUIDv7 } from 'node:crypto'
import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose'
import { jwt, lifetimes } from '#config/jwt'
import { isUuid } from '#core/database/uuid'

export interface AccessTokenClaims {
  userId: string
  sessionId: string
}

/** Signs an access token for a session (RFC 9068, RFC 8725). */
export async function signAccessToken(user: { id: string; role: string }, sessionId: string) {
  return new SignJWT({ role: user.role, sid: sessionId, userId: user.id })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: jwt.current.id })
    .setSubject(user.id)
    .setJti(randomUUIDv7())
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience)
    .setIssuedAt()
    .setExpirationTime(`${lifetimes.accessToken}s`)
    .sign(jwt.current.key)
}

/**
 * Returns what the token claims, or null when it isn't one of ours, still valid
 * and meant for us. A signature is computed once a token: clients send the same
 * one for fifteen minutes. Whether its session lives is asked each time, elsewhere.
 */
export async function readAccessToken(token: string): Promise<AccessTokenClaims | null> {
  const known = verified.get(token)
  if (known) return known.expiresAt > Date.now() && jwt.find(known.keyId) ? known.claims : null

  try {
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
      algorithms: ['HS256'],
      issuer: jwt.issuer,
      audience: jwt.audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
    })
    const { sub, sid, exp } = payload
    if (!isId(sub) || !isId(sid)) return null

    const claims = { userId: sub, sessionId: sid }
    remember(token, { claims, expiresAt: exp! * 1_000, keyId: protectedHeader.kid! })
    return claims
  } catch {
    return null
  }
}

const MOST_REMEMBERED = 10_000
const verified = new Map<string, Verified>()

interface Verified {
  claims: AccessTokenClaims
  expiresAt: number
  keyId: string
}

function remember(token: string, facts: Verified) {
  if (verified.size >= MOST_REMEMBERED) verified.delete(verified.keys().next().value!)
  verified.set(token, facts)
}

function keyOf(header: JWTHeaderParameters) {
  const found = header.kid && jwt.find(header.kid)
  if (!found) throw new Error('unknown key id')
  return found.key
}

function isId(claim: unknown): claim is string {
  return typeof claim === 'string' && isUuid(claim)
}
