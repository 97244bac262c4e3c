import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import AmendTransactions, { type Changes } from '#transactions/actions/amend_transactions'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: Changes
  precondition: Precondition
}

/** Changes a transaction. The legs of a transfer keep their accounts, amounts and lack of a category. */
export default class AmendTransaction {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const amendments = [{ id, changes }]
      const input = { actor, amendments, precondition }
      const [transaction] = await new AmendTransactions().handle(input, trx)
      return transaction
    })
  }
}
