import { createHash, randomBytes } from 'node:crypto'
import { base32 } from '#auth/domain/base32'

const BYTES = 15
const SHAPE = /^[a-z2-7]{24}$/

/**
 * What lets somebody in who lost their authenticator: 120 random bits, in groups
 * of four for a person to type. Enough that a plain digest of it can be kept
 * (OWASP ASVS 5.0, 6.5.2).
 */
export const recoveryCode = {
  issue() {
    return base32(randomBytes(BYTES)).toLowerCase().match(/.{4}/g)!.join('-')
  },

  /** The digest to look for, or null for what is no recovery code. */
  hashOf(typed: string) {
    const code = typed.toLowerCase().replace(/[\s-]/g, '')
    return SHAPE.test(code) ? createHash('sha256').update(code).digest() : null
  },
}
