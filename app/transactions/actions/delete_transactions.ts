import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import type { Precondition } from '#core/http/etag'
import { Reconciled } from '#core/http/problem'
import { within } from '#core/http/within'
import { References } from '#transactions/actions/references'
import Transaction from '#transactions/models/transaction'
import { ProvenTransfers } from '#transactions/queries/proven_transfers'
import type User from '#users/models/user'

interface Input {
  actor: User
  /** Each with its place in the request, if there are several: errors name it. */
  deletions: { id: string; path?: string }[]
  precondition: Precondition
}

/** Removes transactions, inside the caller's transaction; a transfer goes with both its legs. */
export default class DeleteTransactions {
  async handle({ actor, deletions, precondition }: Input, trx: TransactionClientContract) {
    const references = await References.find(deletions, trx)
    const deleted: Transaction[] = []
    for (const { id, path } of deletions) {
      await within(path, async () => {
        const transaction = references.transaction(id)
        await precondition(transaction, trx)
        deleted.push(transaction)
      })
    }
    const proven = await new ProvenTransfers().handle(deleted, trx)
    for (const [index, { reconciled, transferId }] of deleted.entries()) {
      await within(deletions[index].path, () => {
        if (reconciled || proven.has(transferId)) throw new Reconciled()
      })
    }
    await Transaction.discardAll(deleted, trx)
    await audit.recordAll(
      deleted.map((subject) => ({
        actor,
        action: 'transaction.deleted',
        subject,
        userId: actor.id,
      })),
      trx
    )
  }
}
