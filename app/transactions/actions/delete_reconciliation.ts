import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Reconciliation from '#transactions/models/reconciliation'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/**
 * Removes a reconciliation: its transactions are neither reconciled nor cleared,
 * its adjustment goes. Throws `Conflict` when a later one builds on it.
 */
export default class DeleteReconciliation {
  async handle({ actor, id, precondition }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const reconciliation = await Reconciliation.lock(id, trx)
      await precondition(reconciliation, trx)
      await reconciliation.requireLast(trx)

      await reconciliation.discard(trx)
      await audit.record(
        { actor, action: 'reconciliation.deleted', subject: reconciliation, userId: actor.id },
        trx
      )
    })
  }
}
