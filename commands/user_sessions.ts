import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import CloseSessions from '#auth/actions/close_sessions'
import { tenant } from '#core/database/tenant'
import { LiveSessions } from '#auth/queries/live_sessions'
import User from '#users/models/user'

/** More than anybody has. */
const MOST = 200

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export default class UserSessions extends BaseCommand {
  static commandName = 'user:sessions'
  static description = 'List where a user is signed in, or end one session or all'
  static options = { startApp: true }

  @args.string({ description: 'The e-mail address they sign in with, or their id' })
  declare user: string

  @flags.string({ description: 'End the session with this id' })
  declare revoke?: string

  @flags.boolean({ description: 'End every session' })
  declare revokeAll?: boolean

  @inject()
  async run(closeSessions: CloseSessions) {
    const user = await User.findForOperator(this.user)
    if (!user) return this.#refuse(`there is no user ${this.user}`)
    if (!this.revoke && !this.revokeAll) return this.#list(user)
    if (this.revoke && !UUID.test(this.revoke)) return this.#refuse(`${this.revoke} is no id`)

    const ended = await closeSessions.handle({
      actor: 'system',
      userId: user.id,
      sessionId: this.revokeAll ? undefined : this.revoke,
    })
    if (ended === 0) return this.#refuse('there is no such session, or it is over')
    this.logger.success(`${ended} ${ended === 1 ? 'session' : 'sessions'} ended`)
  }

  async #list(user: User) {
    const sessions = await tenant.read(user.id, (reader) => new LiveSessions().handle(reader, MOST))
    if (sessions.length === 0) return this.logger.info(`${user.email} is signed in nowhere`)

    const table = this.ui.table().head(['Session', 'Since', 'Last used', 'Address', 'Program'])
    for (const { id, createdAt, lastUsedAt, ip, userAgent } of sessions) {
      table.row([id, minute(createdAt), minute(lastUsedAt), ip ?? '', printable(userAgent ?? '')])
    }
    table.render()
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}

/** What a client calls itself may hold what a terminal obeys. */
function printable(text: string) {
  return text.replace(/\p{Cc}/gu, '?').slice(0, 60)
}

function minute(instant: Date) {
  return instant.toISOString().slice(0, 16)
}
