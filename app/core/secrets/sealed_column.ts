import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { Keyring } from '#core/secrets/keyring'

const VERSION = 1
const KEY_ID_BYTES = 6
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES + IV_BYTES

/** A key that seals columns, and the digest by which values name it. */
export interface SealingKey {
  id: string
  key: Buffer
  secret: string
}

/** Where a sealed value lives: what it is bound to. */
export interface SealedPlace {
  table: string
  column: string
  /** The columns of its primary key, in order. */
  row: readonly string[]
}

export class UnopenableValue extends Error {}

/** Derives the key of sealed columns from the application's secret (RFC 5869). */
export function sealingKey(secret: string): SealingKey {
  return {
    id: createHash('sha256')
      .update(`seal:${secret}`)
      .digest('hex')
      .slice(0, 2 * KEY_ID_BYTES),
    key: Buffer.from(hkdfSync('sha256', secret, '', 'finora sealed columns', 32)),
    secret,
  }
}

/** The id of the key a value is sealed with. */
export function keyIdOf(value: Buffer) {
  return value.subarray(1, 1 + KEY_ID_BYTES).toString('hex')
}

/**
 * A column that the database holds only sealed (AES-256-GCM, SP 800-38D):
 *
 *     version (1) ‖ key id (6) ‖ nonce (12) ‖ ciphertext ‖ tag (16)
 *
 * Table, column and the row's key are authenticated with it, so a value moved to
 * another row or column can't be opened.
 */
export class SealedColumn {
  constructor(
    readonly place: SealedPlace,
    private keyring: Keyring<SealingKey>
  ) {}

  /** @param row the values of the row's primary key, in order */
  seal(plain: Buffer, row: readonly string[], { id, key } = this.keyring.active): Buffer {
    const nonce = randomBytes(IV_BYTES)
    const header = Buffer.concat([Buffer.from([VERSION]), Buffer.from(id, 'hex'), nonce])
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(this.#binding(header, row))
    return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }

  /** @throws UnopenableValue when its key is gone, or it was altered or belongs elsewhere */
  open(value: Buffer, row: readonly string[]): Buffer {
    const sealing = this.keyring.find(keyIdOf(value))
    if (value[0] !== VERSION || !sealing || value.length < HEADER_BYTES + TAG_BYTES) {
      throw new UnopenableValue(`no key of the settings opens ${this.#name}`)
    }
    const header = value.subarray(0, HEADER_BYTES)
    const nonce = header.subarray(1 + KEY_ID_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', sealing.key, nonce, {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(this.#binding(header, row)).setAuthTag(value.subarray(-TAG_BYTES))
    try {
      const plain = decipher.update(value.subarray(HEADER_BYTES, -TAG_BYTES))
      return Buffer.concat([plain, decipher.final()])
    } catch (cause) {
      throw new UnopenableValue(`a value of ${this.#name} was altered or moved`, { cause })
    }
  }

  get #name() {
    return `${this.place.table}.${this.place.column}`
  }

  #binding(header: Buffer, row: readonly string[]) {
    return Buffer.concat([header, Buffer.from(JSON.stringify([this.#name, ...row]))])
  }
}
