import type { ApplicationService } from '@adonisjs/core/types'
import type { RotationWatch } from '#core/secrets/rotation_watch'

/** Keeps the secrets of a process that lives long in step with their rotation. */
export default class SecretsProvider {
  #watch?: RotationWatch
  #isOver = false

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (!this.#livesLong) return

    const { RotationWatch } = await import('#core/secrets/rotation_watch')
    const { KeyRoster } = await import('#core/secrets/key_roster')
    const { DotEnv } = await import('#core/secrets/dot_env')
    const { isFixed, keyrings, rotation } = await import('#config/secrets')
    const logger = await this.app.container.make('logger')

    /** Asked to end while it started: nobody would stop a watch any more. */
    if (this.#isOver) return

    this.#watch = new RotationWatch({
      keyrings: Object.values(keyrings),
      roster: new KeyRoster(rotation.silence),
      dotEnv: new DotEnv(this.app.appRoot),
      isFixed,
      interval: rotation.interval,
      lead: rotation.lead,
      logger,
    })
    this.#watch.start()
  }

  async shutdown() {
    this.#isOver = true
    await this.#watch?.stop()
  }

  get #livesLong() {
    return this.app.getEnvironment() === 'web' || process.argv[2] === 'queue:work'
  }
}
