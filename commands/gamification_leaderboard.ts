import { BaseCommand } from '@adonisjs/core/ace'
import { leaderboard } from '#gamification/services/leaderboard'

export default class GamificationLeaderboard extends BaseCommand {
  static commandName = 'gamification:leaderboard'
  static description = 'Build the leaderboard in Redis anew from Postgres'
  static options = { startApp: true }

  async run() {
    const participants = await leaderboard.rebuild()
    if (participants === undefined) {
      this.logger.error('Redis does not answer: the leaderboard is read from Postgres')
      this.exitCode = 1
      return
    }
    this.logger.success(`${participants} take part`)
  }
}
