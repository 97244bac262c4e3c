import { inject } from '@adonisjs/core'
import { args, BaseCommand } from '@adonisjs/core/ace'
import UnlockAccount from '#auth/actions/unlock_account'
import User from '#users/models/user'

export default class UserUnlock extends BaseCommand {
  static commandName = 'user:unlock'
  static description = 'Let a user sign in who is locked out by wrong passwords'
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with, or their id' })
  declare user: string

  @inject()
  async run(unlockAccount: UnlockAccount) {
    const user = await User.findForOperator(this.user)
    if (!user) {
      this.logger.error(`there is no user ${this.user}`)
      this.exitCode = 1
      return
    }
    const wasLocked = await unlockAccount.handle({ actor: 'system', user })
    this.logger.success(`${user.email} ${wasLocked ? 'may sign in again' : 'was not locked'}`)
  }
}
