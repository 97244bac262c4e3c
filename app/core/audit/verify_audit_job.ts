import { inject } from '@adonisjs/core'
import { ChainVerification } from '#core/audit/chain_verification'
import { verifyInTurn } from '#core/database/verification_round'
import { Job } from '#core/queue/job'

/** Walks the chains of the audit log. What it finds fails it, which the operator is told. */
@inject()
export default class VerifyAudit extends Job {
  static override readonly jobName = 'verify-audit'
  static override readonly queue = 'notifications'

  constructor(protected verification: ChainVerification) {
    super()
  }

  override async handle() {
    await verifyInTurn({
      kind: 'audit',
      users: { table: 'audit_chains', column: 'user_id' },
      check: async (userIds) => {
        const { broken } = await this.verification.handle(userIds)
        return broken.map(
          ({ userId, position, problem }) => `chain of ${userId}, entry ${position}: ${problem}`
        )
      },
      onProgress: (share) => this.progress(share),
    })
  }
}
