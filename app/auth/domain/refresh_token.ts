import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { bytesOf, uuidOf } from '#auth/domain/uuid_bytes'

/**
 * A refresh token says whose it is, so that it can be looked up inside that
 * user's scope, and carries Finora's own mark, so that an old one is told from
 * an invented one without keeping the old ones:
 *
 *     fin_rt_ base64url( user id (16) ‖ session id (16) ‖ random (32) ‖ mark (16) )
 *
 * The mark is the first half of HMAC-SHA-256 over what precedes it (RFC 2104).
 * The database keeps SHA-256 of the whole token, never the token.
 */
export class RefreshToken {
  static readonly #prefix = 'fin_rt_'

  private constructor(
    readonly value: string,
    readonly userId: string,
    readonly sessionId: string
  ) {}

  static issue(userId: string, sessionId: string, key: string) {
    const body = Buffer.concat([bytesOf(userId), bytesOf(sessionId), randomBytes(32)])
    const value = Buffer.concat([body, markOf(body, key)]).toString('base64url')
    return new RefreshToken(RefreshToken.#prefix + value, userId, sessionId)
  }

  /** Returns null for whatever doesn't even look like a refresh token. */
  static read(value: string) {
    if (!value.startsWith(RefreshToken.#prefix)) return null
    const text = value.slice(RefreshToken.#prefix.length)
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length !== 80 || bytes.toString('base64url') !== text) return null
    return new RefreshToken(value, uuidOf(bytes.subarray(0, 16)), uuidOf(bytes.subarray(16, 32)))
  }

  get hash() {
    return createHash('sha256').update(this.value).digest()
  }

  /** True when Finora issued it, with any of the keys. */
  isGenuine(keys: string[]) {
    const bytes = Buffer.from(this.value.slice(RefreshToken.#prefix.length), 'base64url')
    const [body, mark] = [bytes.subarray(0, 64), bytes.subarray(64)]
    return keys.some((key) => timingSafeEqual(markOf(body, key), mark))
  }
}

function markOf(body: Buffer, key: string) {
  return createHmac('sha256', key).update(body).digest().subarray(0, 16)
}
