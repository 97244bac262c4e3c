import { createHash, randomBytes } from 'node:crypto'
import { bytesOf, uuidOf } from '#auth/domain/uuid_bytes'

const PREFIX = 'fin_pat_'
const SHOWN = PREFIX.length + 6

/**
 * A personal access token says whose it is, so that it can be looked up inside
 * that user's scope:
 *
 *     fin_pat_ base64url( random (32) ‖ user id (16) ‖ token id (16) )
 *
 * The random part leads, so that the first letters tell one from another. The
 * database keeps those letters and SHA-256 of the whole token, never the token.
 */
export class PersonalToken {
  private constructor(
    readonly value: string,
    readonly userId: string,
    readonly id: string
  ) {}

  static issue(userId: string, id: string) {
    const body = Buffer.concat([randomBytes(32), bytesOf(userId), bytesOf(id)])
    return new PersonalToken(PREFIX + body.toString('base64url'), userId, id)
  }

  /** Returns null for whatever doesn't even look like one. */
  static read(value: string) {
    if (!value.startsWith(PREFIX)) return null
    const bytes = Buffer.from(value.slice(PREFIX.length), 'base64url')
    if (bytes.length !== 64 || PREFIX + bytes.toString('base64url') !== value) return null
    return new PersonalToken(value, uuidOf(bytes.subarray(32, 48)), uuidOf(bytes.subarray(48)))
  }

  get hash() {
    return createHash('sha256').update(this.value).digest()
  }

  /** What it begins with: shown for ever, to tell it from others. */
  get prefix() {
    return this.value.slice(0, SHOWN)
  }
}
