import { text } from 'node:stream/consumers'
import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { errors } from '@vinejs/vine'
import { registerValidator } from '#auth/validators/session_validators'
import ChangeRole from '#users/actions/change_role'
import RegisterUser from '#users/actions/register_user'
import EmailTaken from '#users/exceptions/email_taken'
import { roles, type Role } from '#users/domain/roles'

export default class UserCreate extends BaseCommand {
  static commandName = 'user:create'
  static description = 'Make a user, for example the first administrator'
  static help = [
    'The password is asked for, or read from standard input with --password-stdin.',
    'The address counts as verified.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with' })
  declare email: string

  @flags.string({ description: 'What they are called; the part before the @ unless given' })
  declare name?: string

  @flags.string({ description: `One of ${roles.join(', ')}`, default: 'USER' })
  declare role: string

  @flags.boolean({ description: 'Read the password from standard input' })
  declare passwordStdin?: boolean

  @inject()
  async run(registerUser: RegisterUser, changeRole: ChangeRole) {
    if (!roles.includes(this.role as Role)) {
      return this.#refuse(`there is no role "${this.role}": it is one of ${roles.join(', ')}`)
    }
    try {
      const details = await registerValidator.validate({
        email: this.email,
        name: this.name ?? this.email.split('@')[0],
        password: await this.#password(),
      })
      const { id } = await registerUser.handle({ ...details, emailVerified: true })
      const user = await changeRole.handle({ actor: 'system', userId: id, role: this.role as Role })
      this.logger.success(`${user.email} is there, as ${user.role} (${user.id})`)
    } catch (error) {
      this.#refuseInput(error)
    }
  }

  async #password() {
    if (!this.passwordStdin) return this.prompt.secure('Password (12 to 128 characters)')
    const given = await text(process.stdin)
    return given.replace(/\r?\n$/, '')
  }

  /** What the person can mend is said in words; anything else is a defect. */
  #refuseInput(error: unknown) {
    if (error instanceof errors.E_VALIDATION_ERROR) {
      for (const { message } of error.messages) this.#refuse(message)
    } else if (error instanceof EmailTaken) {
      this.#refuse(`${this.email} has registered already: see user:promote`)
    } else {
      throw error
    }
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}
