import { totp } from '#auth/domain/totp'
import type { ApiClient } from '@japa/api-client'
import { signIn, type Tokens } from '#tests/support/sign_in'
import type User from '#users/models/user'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app does with the secret it was given. */
export class Authenticator {
  readonly #secret: Buffer
  readonly #start = totp.stepAt(Date.now() / 1_000)

  constructor(secret: string) {
    const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    const bytes = bits.join('').match(/.{8}/g)!
    this.#secret = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
  }

  /** The code to set it up with: good for the half minute after, whenever that began. */
  get firstCode() {
    return totp.codeAt(this.#secret, this.#start)
  }

  /** The code of now, or the one after the first: clocks may differ by a step. */
  get nextCode() {
    const now = totp.stepAt(Date.now() / 1_000)
    return totp.codeAt(this.#secret, Math.max(now, this.#start + 1))
  }
}

interface Enrolled {
  tokens: Tokens
  authenticator: Authenticator
  recoveryCodes: string[]
}

/** Turns one-time passwords on, with its first code. */
export async function enrol(client: ApiClient, user: User): Promise<Enrolled> {
  const tokens = await signIn(client, user)
  const started = await client.post('/api/v1/auth/otp').bearerToken(tokens.accessToken)
  started.assertStatus(201)
  const authenticator = new Authenticator(started.body().secret)
  const confirmed = await client
    .post('/api/v1/auth/otp/confirm')
    .bearerToken(tokens.accessToken)
    .json({ otp: authenticator.firstCode })
  confirmed.assertStatus(204)
  return { tokens, authenticator, recoveryCodes: started.body().recoveryCodes }
}
