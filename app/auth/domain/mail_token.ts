import { createHash, randomBytes } from 'node:crypto'
import { bytesOf, uuidOf } from '#auth/domain/uuid_bytes'

/**
 * What a mail carries to prove that its reader has the mailbox. It says whose it
 * is, so that it can be looked up inside that user's scope:
 *
 *     fin_mt_ base64url( user id (16) ‖ random (32) )
 *
 * The database keeps its SHA-256, and what it is good for.
 */
export class MailToken {
  static readonly #prefix = 'fin_mt_'
  static readonly #bytes = 48

  private constructor(
    readonly value: string,
    readonly userId: string
  ) {}

  /** @param random 32 bytes; a mail that is tried again carries the same token */
  static issue(userId: string, random: Buffer = randomBytes(32)) {
    const bytes = Buffer.concat([bytesOf(userId), random])
    return new MailToken(MailToken.#prefix + bytes.toString('base64url'), userId)
  }

  /** Returns null for whatever doesn't even look like one. */
  static read(value: string) {
    if (!value.startsWith(MailToken.#prefix)) return null
    const text = value.slice(MailToken.#prefix.length)
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length !== MailToken.#bytes || bytes.toString('base64url') !== text) return null
    return new MailToken(value, uuidOf(bytes.subarray(0, 16)))
  }

  get hash() {
    return createHash('sha256').update(this.value).digest()
  }
}
