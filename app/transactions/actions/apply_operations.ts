import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { ValidationFailed } from '#core/http/problem'
import AmendTransactions, { type Changes } from '#transactions/actions/amend_transactions'
import DeleteTransactions from '#transactions/actions/delete_transactions'
import RecordTransactions, { type Booking } from '#transactions/actions/record_transactions'
import { type TransactionRow, TransactionRows } from '#transactions/queries/transaction_rows'
import type User from '#users/models/user'

export type Operation =
  | ({ op: 'create' } & Booking)
  | { op: 'update'; id: string; changes: Changes }
  | { op: 'delete'; id: string }

interface Input {
  actor: User
  operations: Operation[]
  precondition: Precondition
}

/**
 * Books, changes and removes many transactions at once, or none of them. What is
 * removed goes first and what is booked comes last, so that a bank's id can be
 * given to another transaction.
 */
export default class ApplyOperations {
  /** What became of each, in their order: the transaction as it is then, nothing of a deleted one. */
  async handle({ actor, operations, precondition }: Input): Promise<(TransactionRow | null)[]> {
    this.#refuseTwins(operations)
    const placed = operations.map((each, index) => ({ ...each, path: `operations.${index}` }))
    const deletions = placed.filter((each) => each.op === 'delete')
    const amendments = placed.filter((each) => each.op === 'update')
    const bookings = placed.filter((each) => each.op === 'create')

    return tenant.ledger(actor.id, async (trx) => {
      await new DeleteTransactions().handle({ actor, deletions, precondition }, trx)
      await new AmendTransactions().handle({ actor, amendments, precondition }, trx)
      const recorded = await new RecordTransactions().handle({ actor, bookings }, trx)

      const fresh = recorded.values()
      const ids = placed.map((each) => (each.op === 'create' ? fresh.next().value!.id : each.id))
      const rows = await new TransactionRows().handle(readerOf(trx), ids)
      const byId = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => byId.get(id) ?? null)
    })
  }

  /** In what order two changes of one transaction were meant, nobody should have to guess. */
  #refuseTwins(operations: Operation[]) {
    const seen = new Set<string>()
    for (const [index, operation] of operations.entries()) {
      if (operation.op === 'create') continue
      if (seen.has(operation.id)) {
        const field = `operations.${index}.id`
        throw ValidationFailed.field(field, 'distinct', 'An operation before names it too')
      }
      seen.add(operation.id)
    }
  }
}
