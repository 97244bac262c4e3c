import { AES256GCM } from '@adonisjs/core/encryption/drivers/aes_256_gcm'
import type { EncryptionDriverContract } from '@adonisjs/core/types/encryption'
import type { Keyring } from '#core/secrets/keyring'
import type { SealingKey } from '#core/secrets/sealed_column'

/**
 * AdonisJS's encryption (cookies, kept answers) over a keyring that changes
 * while the process runs.
 */
export class RotatingEncryption implements EncryptionDriverContract {
  readonly #drivers = new Map<string, AES256GCM>()

  constructor(private keyring: Keyring<SealingKey>) {}

  encrypt(payload: unknown, options?: object | string | number, purpose?: string) {
    return this.#driverOf(this.keyring.active).encrypt(payload, options as string, purpose)
  }

  decrypt<T>(value: string, purpose?: string): T | null {
    for (const driver of this.#all) {
      const opened = driver.decrypt<T>(value, purpose)
      if (opened !== null) return opened
    }
    return null
  }

  blindIndex(payload: unknown, purpose: string) {
    return this.#driverOf(this.keyring.active).blindIndex(payload, purpose)
  }

  blindIndexes(payload: unknown, purpose: string) {
    return this.#all.flatMap((driver) => driver.blindIndexes(payload, purpose))
  }

  get #all() {
    return this.keyring.keys.map((key) => this.#driverOf(key))
  }

  #driverOf({ id, secret }: SealingKey) {
    const driver = this.#drivers.get(id) ?? new AES256GCM({ id: 'app', key: secret })
    this.#drivers.set(id, driver)
    return driver
  }
}
