import { BaseCommand } from '@adonisjs/core/ace'
import { LedgerVerification } from '#transactions/queries/ledger_verification'

export default class LedgerVerify extends BaseCommand {
  static commandName = 'ledger:verify'
  static description = 'Recompute all totals from the transactions and compare'
  static options = { startApp: true }

  async run() {
    const { transactions, differences } = await new LedgerVerification().handle()
    for (const { kind, userId, subject, detail } of differences) {
      this.logger.error(`${kind}: user ${userId}, ${subject}: ${detail}`)
    }
    if (differences.length === 0) {
      this.logger.success(`${transactions} transactions, no difference`)
      return
    }
    this.logger.error(`${transactions} transactions, ${differences.length} differences`)
    this.exitCode = 1
  }
}
