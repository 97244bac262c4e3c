import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

/** Removes a transaction; a transfer goes with both its legs. */
export default class DeleteTransaction {
  async handle({
    actor,
    id,
    precondition,
  }: {
    actor: User
    id: string
    precondition: Precondition
  }) {
    await tenant.ledger(actor.id, async (trx) => {
      const transaction = await Transaction.findOrFail(id, { client: trx })
      await precondition(transaction, trx)

      await transaction.discard(trx)
      await audit.record(
        { actor, action: 'transaction.deleted', subject: transaction, userId: actor.id },
        trx
      )
    })
  }
}
