import { randomUUIDv7 } from 'node:crypto'
import type { Logger } from '@adonisjs/core/logger'
import { OutageLog } from '#core/queue/outage_log'
import type { DotEnv } from '#core/secrets/dot_env'
import type { KeyRoster, KeyStanding } from '#core/secrets/key_roster'
import type { Keyring } from '#core/secrets/keyring'

interface Options {
  keyrings: Keyring[]
  roster: KeyRoster
  dotEnv: DotEnv
  isFixed: (setting: string) => boolean
  /** Milliseconds between two looks. */
  interval: number
  /** Seconds for which a key must be known before it may sign. */
  lead: number
  logger: Logger
}

/**
 * Keeps the keyrings of a running process in step with a rotation: takes over
 * secrets that changed in `.env`, says which keys the process holds, and lets a
 * new key sign once every process holds it. Without Postgres nothing changes:
 * the key that signs goes on signing.
 */
export class RotationWatch {
  readonly #id = randomUUIDv7()
  readonly #options: Options
  readonly #outages: OutageLog
  #timer?: NodeJS.Timeout
  #looking?: Promise<void>

  constructor(options: Options) {
    this.#options = options
    this.#outages = new OutageLog(options.logger)
  }

  /** Begins to watch, and doesn't wait for it. */
  start() {
    this.#timer = setInterval(() => this.#lookAgain(), this.#options.interval).unref()
    this.#lookAgain()
  }

  async stop() {
    if (!this.#timer) return
    clearInterval(this.#timer)
    await this.#looking
    await this.#options.roster
      .leave(this.#id)
      .catch((error) => this.#outages.warn(error, 'a process left without saying so'))
  }

  #lookAgain() {
    this.#looking ??= this.#look()
      .catch((error) => this.#outages.warn(error, 'secrets could not be checked'))
      .finally(() => (this.#looking = undefined))
  }

  async #look() {
    const { keyrings, roster } = this.#options
    await this.#reload()
    await roster.announce(this.#id, keyrings)

    const pending = keyrings.filter(({ isPending }) => isPending)
    if (pending.length > 0) await this.#settle(pending, await roster.standings(pending))
  }

  async #reload() {
    const { keyrings, dotEnv, isFixed, logger } = this.#options
    if (!(await dotEnv.hasChanged())) return

    const settings = await dotEnv.read()
    for (const keyring of keyrings.filter(({ setting }) => !isFixed(setting))) {
      const { setting } = keyring
      const newest = settings[setting]
      if (newest && keyring.replace({ newest, previous: settings[`${setting}_PREVIOUS`] })) {
        logger.info({ setting, keyId: keyring.newest.id }, 'a secret was taken over from .env')
      }
    }
  }

  async #settle(pending: Keyring[], standings: KeyStanding[]) {
    const { lead, logger, roster } = this.#options
    for (const keyring of pending) {
      const standing = standings.find(({ keyId }) => keyId === keyring.newest.id)
      if (!standing || standing.age < lead || standing.holders < standing.processes) continue
      await roster.settled(keyring)
      keyring.settle()
      logger.info({ setting: keyring.setting, keyId: keyring.newest.id }, 'a new secret is in use')
    }
  }
}
