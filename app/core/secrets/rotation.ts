import { randomBytes } from 'node:crypto'
import { derivedPasswords } from '#config/database'
import { isFixed, keyrings, rotation, sealedColumns, type RotatedSetting } from '#config/secrets'
import type { DotEnv } from '#core/secrets/dot_env'
import type { Keyring } from '#core/secrets/keyring'
import { KeyRoster } from '#core/secrets/key_roster'
import { Resealing } from '#core/secrets/resealing'

const DAY = 86_400

export class RotationRefused extends Error {}

/** What an operator is to know of one secret. */
export interface SecretReport {
  setting: RotatedSetting
  keyId: string
  /** Days since a process first held the newest value; undefined when none has. */
  days?: number
  processes: number
  holders: number
  isInUse: boolean
  /** Days for which the value before is still needed; undefined when there is none. */
  previousNeededDays?: number
}

/** Settings that changed, and the file they are in; undefined when a person must set them. */
export interface Change {
  settings: Record<string, string | null>
  file?: string
}

/** What `secrets:rotate` and `secrets:status` do, and what `/metrics` reports. */
export class Rotation {
  readonly #roster = new KeyRoster(rotation.silence)

  constructor(private dotEnv: DotEnv) {}

  async report(): Promise<SecretReport[]> {
    const standings = await this.#roster.standings(Object.values(keyrings))
    return this.#each((setting, keyring) => {
      const standing = standings.find(
        (each) => each.setting === setting && each.keyId === keyring.newest.id
      )
      const { age, settledFor, processes = 0, holders = 0 } = standing ?? {}
      const isSettled = age !== undefined && age >= rotation.lead && holders === processes
      return {
        setting,
        keyId: keyring.newest.id,
        days: age === undefined ? undefined : age / DAY,
        processes,
        holders,
        isInUse: !keyring.previous || isSettled,
        previousNeededDays: keyring.previous
          ? Math.max(0, (rotation.keepPrevious[setting] - (settledFor ?? 0)) / DAY)
          : undefined,
      }
    })
  }

  /**
   * Gives secrets a new value and keeps the one before beside it.
   *
   * @throws RotationRefused when the one before that is still needed
   */
  async begin(settings: RotatedSetting[], { isForced = false } = {}): Promise<Change> {
    const reports = await this.report()
    for (const { setting, previousNeededDays = 0 } of reports) {
      if (!settings.includes(setting) || previousNeededDays === 0 || isForced) continue
      const days = Math.ceil(previousNeededDays)
      throw new RotationRefused(`${setting}_PREVIOUS is still needed for ${days} days`)
    }
    const { previous } = keyrings.APP_KEY
    if (settings.includes('APP_KEY') && previous && (await this.#resealing().countOf(previous))) {
      throw new RotationRefused('columns are sealed with APP_KEY_PREVIOUS: finish that rotation')
    }

    const changes: Change['settings'] = {}
    for (const setting of settings) {
      changes[setting] = randomBytes(48).toString('base64url')
      changes[`${setting}_PREVIOUS`] = keyrings[setting].newest.secret
    }
    if (settings.includes('APP_KEY')) Object.assign(changes, derivedPasswords)
    return this.#apply(changes)
  }

  /**
   * Seals all columns with the newest key and gives up values that nothing needs
   * any more.
   *
   * @throws RotationRefused when a running process doesn't hold the newest key
   */
  async finish() {
    const reports = await this.report()
    const lagging = reports.find(({ isInUse }) => !isInUse)
    if (lagging) {
      const { setting, holders, processes } = lagging
      throw new RotationRefused(
        `the new ${setting} isn't in use yet: ${holders} of ${processes} running processes hold it`
      )
    }

    const { resealed, unopenable } = await this.#resealing().handle()
    const retired = reports.filter(
      ({ setting, previousNeededDays }) =>
        previousNeededDays === 0 && !(setting === 'APP_KEY' && unopenable > 0)
    )
    const changes = Object.fromEntries(retired.map(({ setting }) => [`${setting}_PREVIOUS`, null]))
    const change = retired.length > 0 ? await this.#apply(changes) : undefined
    return { resealed, unopenable, change, reports }
  }

  #resealing() {
    return new Resealing(Object.values(sealedColumns), keyrings.APP_KEY.newest)
  }

  /** One file holds them all, so that they change together or not at all. */
  async #apply(settings: Change['settings']): Promise<Change> {
    const [anchor] = Object.keys(settings).map((name) => name.replace(/_PREVIOUS$/, ''))
    const fromFile = await this.dotEnv.read()
    if (Object.keys(settings).some(isFixed) || !fromFile[anchor]) return { settings }
    return { settings, file: await this.dotEnv.change(anchor, settings) }
  }

  #each<T>(work: (setting: RotatedSetting, keyring: Keyring) => T): T[] {
    return (Object.keys(keyrings) as RotatedSetting[]).map((name) => work(name, keyrings[name]))
  }
}
