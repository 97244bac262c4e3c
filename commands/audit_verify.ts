import { BaseCommand } from '@adonisjs/core/ace'
import { ChainVerification } from '#core/audit/chain_verification'

export default class AuditVerify extends BaseCommand {
  static commandName = 'audit:verify'
  static description = 'Walk the hash chains of the audit log'
  static options = { startApp: true }

  async run() {
    const { entries, chains, broken } = await new ChainVerification().handle()
    for (const { userId, position, problem } of broken) {
      this.logger.error(`chain of ${userId}, entry ${position}: ${problem}`)
    }
    if (broken.length === 0) {
      this.logger.success(`${entries} entries in ${chains} chains, unbroken`)
      return
    }
    this.logger.error(`${broken.length} breaks in ${chains} chains`)
    this.exitCode = 1
  }
}
