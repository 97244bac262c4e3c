import { randomUUIDv7 } from 'node:crypto'
import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose'
import { jwt, lifetimes } from '#config/jwt'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

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

/** Returns what the token claims, or null when it isn't one of ours, still valid and meant for us. */
export async function readAccessToken(token: string): Promise<AccessTokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: ['HS256'],
      issuer: jwt.issuer,
      audience: jwt.audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
    })
    const { sub, sid } = payload
    return isId(sub) && isId(sid) ? { userId: sub, sessionId: sid } : null
  } catch {
    return null
  }
}

function isId(claim: unknown): claim is string {
  return typeof claim === 'string' && UUID.test(claim)
}

function keyOf(header: JWTHeaderParameters) {
  const found = jwt.keys.find(({ id }) => id === header.kid)
  if (!found) throw new Error('unknown key id')
  return found.key
}
