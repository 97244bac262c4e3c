import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { Conflict } from '#core/http/problem'
import EnableUser from '#users/actions/enable_user'
import User from '#users/models/user'

export default class UserEnable extends BaseCommand {
  static commandName = 'user:enable'
  static description = 'Let a user come in again who was kept out'
  static help = [
    'They have to sign in. Personal access tokens that were not revoked work again:',
    'have them reset the password if somebody else may have made one.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with, or their id' })
  declare user: string

  @flags.string({ description: 'Why', required: true })
  declare reason: string

  @inject()
  async run(enableUser: EnableUser) {
    const user = await User.findForOperator(this.user)
    if (!user) return this.#refuse(`there is no user ${this.user}`)

    try {
      const { reason } = this
      const isNews = await enableUser.handle({ actor: 'system', userId: user.id, reason })
      this.logger.success(`${user.email} ${isNews ? 'may come in again' : 'was not kept out'}`)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      this.#refuse(`${this.user} is being erased`)
    }
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}
