import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { base32 } from '#auth/domain/base32'

const SECONDS = 30
const DIGITS = 6
const SECRET_BYTES = 20

/** Steps before and after the present one whose codes are taken: clocks differ. */
const TOLERANCE = 1

/**
 * Time-based one-time passwords as authenticator apps make them: SHA-1, 30
 * seconds, 6 digits. A step counts the 30 seconds since 1970.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export const totp = {
  newSecret() {
    return randomBytes(SECRET_BYTES)
  },

  stepAt(epochSeconds: number) {
    return Math.floor(epochSeconds / SECONDS)
  },

  /** The code of a step: HOTP with the step as counter (RFC 4226, 5.3). */
  codeAt(secret: Buffer, step: number, digits = DIGITS) {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(step))
    const mac = createHmac('sha1', secret).update(counter).digest()
    const binary = mac.readUInt32BE(mac[mac.length - 1] & 0xf) & 0x7fffffff
    return String(binary % 10 ** digits).padStart(digits, '0')
  },

  /** The step the code is of, out of those around the present one; null when there is none. */
  matchingStep(secret: Buffer, code: string, now: number): number | null {
    if (!/^\d{6}$/.test(code)) return null

    let found: number | null = null
    for (let step = now - TOLERANCE; step <= now + TOLERANCE; step++) {
      const expected = Buffer.from(totp.codeAt(secret, step))
      if (timingSafeEqual(expected, Buffer.from(code))) found = step
    }
    return found
  },

  /** What an authenticator app reads from a QR code, and what a person types instead. */
  enrolment(secret: Buffer, account: string) {
    const parameters = new URLSearchParams({
      secret: base32(secret),
      issuer: 'Finora',
      algorithm: 'SHA1',
      digits: String(DIGITS),
      period: String(SECONDS),
    })
    return {
      secret: base32(secret),
      otpauthUrl: `otpauth://totp/Finora:${encodeURIComponent(account)}?${parameters}`,
    }
  },
}
