import { inject } from '@adonisjs/core'
import { verifyInTurn } from '#core/database/verification_round'
import { Job } from '#core/queue/job'
import { LedgerVerification } from '#transactions/queries/ledger_verification'

/** Recomputes totals from the rows. What it finds fails it, which the operator is told. */
@inject()
export default class VerifyLedger extends Job {
  static override readonly jobName = 'verify-ledger'
  static override readonly queue = 'csv-import'

  constructor(protected verification: LedgerVerification) {
    super()
  }

  override async handle() {
    await verifyInTurn({
      kind: 'ledger',
      users: { table: 'users', column: 'id' },
      check: async (userIds) => {
        const { differences } = await this.verification.handle(userIds)
        return differences.map(({ kind, userId, subject }) => `${kind} of ${userId}, ${subject}`)
      },
      onProgress: (share) => this.progress(share),
    })
  }
}
