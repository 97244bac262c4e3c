import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import ReplayHabits from '#gamification/actions/replay_habits'
import User from '#users/models/user'

export default class GamificationReplay extends BaseCommand {
  static commandName = 'gamification:replay'
  static description = 'Compute points, badges and challenges anew from the books, and compare'
  static help = [
    'What differs is put right by entries for the difference; with --check nothing changes,',
    'and a difference is an error. Users whose last doings are not evaluated yet are no error,',
    'unless they wait for more than half an hour or their ledger does not add up.',
  ]
  static options = { startApp: true }

  @flags.string({
    description: 'Only this user: the e-mail address they sign in with, or their id',
  })
  declare user?: string

  @flags.boolean({ description: 'Add ledgers up entry by entry, and check each balance' })
  declare fromScratch?: boolean

  @flags.boolean({ description: 'Change nothing; exit with 1 when something differs' })
  declare check?: boolean

  @inject()
  async run(replay: ReplayHabits) {
    const user = this.user ? await User.findForOperator(this.user) : undefined
    if (user === null) {
      this.logger.error(`there is no user ${this.user}`)
      this.exitCode = 1
      return
    }
    const { fromScratch, check } = this
    let [users, waiting, wrong] = [0, 0, 0]
    for await (const found of replay.handle({ userId: user?.id, fromScratch, check })) {
      users++
      if (found.isWaiting) waiting++
      if (found.problems.length > 0) wrong++
      for (const { subject, detail } of found.problems) {
        this.logger.error(`user ${found.userId}: ${subject} ${detail}`)
      }
    }
    this.#conclude(users, waiting, wrong)
  }

  #conclude(users: number, waiting: number, wrong: number) {
    const said = `${users} users, ${waiting} of them not evaluated since their last doings`
    if (wrong === 0) return this.logger.success(`${said}, no difference`)
    this.logger.error(`${said}, ${wrong} with differences`)
    if (this.check) this.exitCode = 1
  }
}
