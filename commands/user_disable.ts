import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import DisableUser from '#users/actions/disable_user'
import User from '#users/models/user'

export default class UserDisable extends BaseCommand {
  static commandName = 'user:disable'
  static description = 'Keep a user out, at once, until user:enable'
  static help = [
    'Every session ends and every token is refused; nothing of theirs is lost.',
    'The reason stands in the audit log for good, and in what they export.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with, or their id' })
  declare user: string

  @flags.string({ description: 'Why', required: true })
  declare reason: string

  @inject()
  async run(disableUser: DisableUser) {
    const user = await User.findForOperator(this.user)
    if (!user) {
      this.logger.error(`there is no user ${this.user}`)
      this.exitCode = 1
      return
    }
    const { reason } = this
    const isNews = await disableUser.handle({ actor: 'system', userId: user.id, reason })
    this.logger.success(`${user.email} ${isNews ? 'is kept out' : 'was kept out already'}`)
  }
}
