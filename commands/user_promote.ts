import { inject } from '@adonisjs/core'
import { args, BaseCommand } from '@adonisjs/core/ace'
import ChangeRole from '#users/actions/change_role'
import { roles, type Role } from '#users/domain/roles'
import User from '#users/models/user'

export default class UserPromote extends BaseCommand {
  static commandName = 'user:promote'
  static description = 'Give a user another role, up or down; they have to sign in again'
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with, or their id' })
  declare user: string

  @args.string({ description: `One of ${roles.join(', ')}` })
  declare role: string

  @inject()
  async run(changeRole: ChangeRole) {
    const found = await User.findForOperator(this.user)
    if (!found || !roles.includes(this.role as Role)) {
      this.logger.error(
        found
          ? `there is no role "${this.role}": it is one of ${roles.join(', ')}`
          : `there is no user ${this.user}`
      )
      this.exitCode = 1
      return
    }
    const role = this.role as Role
    const user = await changeRole.handle({ actor: 'system', userId: found.id, role })
    const change = found.role === role ? `was ${role} already` : `was ${found.role}, is ${role}`
    this.logger.success(`${user.email} ${change}`)
  }
}
