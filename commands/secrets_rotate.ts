import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { keyrings, type RotatedSetting } from '#config/secrets'
import type { Change, Rotation } from '#core/secrets/rotation'

/** Gives secrets new values with nobody signed out; see docs/decisions/0011. */
export default class SecretsRotate extends BaseCommand {
  static commandName = 'secrets:rotate'
  static description = 'Give the secrets new values, in .env or to be put in place by you'
  static help = [
    'Values in .env are changed there, and running processes take them over. Others are',
    'printed: set them for every process and restart those one after the other. A new value is',
    'used once every running process has it. A day later, and again after eight days, run it with',
    '--finish: columns are sealed anew, and the values before are given up.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: `Only these: ${Object.keys(keyrings).join(', ')}` })
  declare only?: RotatedSetting[]

  @flags.boolean({ description: 'Seal columns anew and give up values that are not needed' })
  declare finish: boolean

  @flags.boolean({ description: 'Rotate although the value before is still needed' })
  declare force: boolean

  async run() {
    const { Rotation, RotationRefused } = await import('#core/secrets/rotation')
    const { DotEnv, DotEnvProblem } = await import('#core/secrets/dot_env')
    const rotation = new Rotation(new DotEnv(this.app.appRoot))
    try {
      await (this.finish ? this.#finish(rotation) : this.#begin(rotation))
    } catch (error) {
      if (!(error instanceof RotationRefused || error instanceof DotEnvProblem)) throw error
      this.logger.error(error.message)
      this.exitCode = 1
    }
  }

  async #begin(rotation: Rotation) {
    const all = Object.keys(keyrings) as RotatedSetting[]
    const settings = this.only ?? all
    const unknown = settings.find((name) => !all.includes(name))
    if (unknown) {
      this.logger.error(`there is no secret "${unknown}"`)
      this.exitCode = 1
      return
    }
    this.#tell(await rotation.begin(settings, { isForced: this.force }))
    this.logger.info('"node ace secrets:status" tells when every running process has them')
  }

  async #finish(rotation: Rotation) {
    const { resealed, unopenable, change, reports } = await rotation.finish()
    this.logger.success(`${resealed} values are sealed anew`)
    if (unopenable > 0) {
      this.logger.error(`${unopenable} values could not be opened and stay as they are`)
      this.exitCode = 1
    }
    if (change) this.#tell(change)
    for (const { setting, previousNeededDays = 0 } of reports) {
      if (previousNeededDays === 0) continue
      this.logger.info(`${setting}_PREVIOUS: needed for ${Math.ceil(previousNeededDays)} days more`)
    }
  }

  /** Values are shown only when there is no file to write them to. */
  #tell({ settings, file }: Change) {
    if (file) {
      this.logger.success(`${Object.keys(settings).join(', ')} changed in ${file}`)
      return
    }
    this.logger.info('set these for every process, then restart one after the other:')
    for (const [name, value] of Object.entries(settings)) {
      this.logger.log(value === null ? `# ${name} is not needed any more` : `${name}=${value}`)
    }
  }
}
