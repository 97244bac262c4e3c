import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { Conflict } from '#core/http/problem'
import Reconciliation from '#transactions/models/reconciliation'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/**
 * Opens a completed reconciliation again: its transactions can be changed and
 * stay cleared, its adjustment goes. Throws `Conflict` when a later one builds
 * on it.
 */
export default class ReopenReconciliation {
  async handle({ actor, id, precondition }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const reconciliation = await Reconciliation.lock(id, trx)
      await precondition(reconciliation, trx)
      if (reconciliation.status !== 'completed') throw new Conflict('The reconciliation is open.')
      await reconciliation.requireLast(trx)

      await reconciliation.reopen(trx)
      await audit.record(
        { actor, action: 'reconciliation.reopened', subject: reconciliation, userId: actor.id },
        trx
      )
    })
  }
}
