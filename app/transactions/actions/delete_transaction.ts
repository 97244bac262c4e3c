import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import DeleteTransactions from '#transactions/actions/delete_transactions'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/** Removes a transaction; a transfer goes with both its legs. */
export default class DeleteTransaction {
  async handle({ actor, id, precondition }: Input) {
    await tenant.ledger(actor.id, (trx) =>
      new DeleteTransactions().handle({ actor, deletions: [{ id }], precondition }, trx)
    )
  }
}
