import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Reconciliation from '#transactions/models/reconciliation'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { statementDate?: string; statementBalance?: number; transactionIds?: string[] }
  precondition: Precondition
}

/** Corrects an open reconciliation: what the statement says, or what it shows. */
export default class ChangeReconciliation {
  async handle({ actor, id, changes, precondition }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const reconciliation = await Reconciliation.lock(id, trx)
      await precondition(reconciliation, trx)
      reconciliation.requireOpen()

      const { statementDate, statementBalance, transactionIds } = changes
      if (statementDate !== undefined) reconciliation.statementDate = statementDate
      if (statementBalance !== undefined) reconciliation.statementBalanceMinor = statementBalance
      await reconciliation.requireProgress(trx)
      await reconciliation.enableForceUpdate().save()
      if (transactionIds) await reconciliation.clearOnly(transactionIds, trx)
      await audit.record(
        {
          actor,
          action: 'reconciliation.changed',
          subject: reconciliation,
          data: { fields: Object.keys(changes) },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
