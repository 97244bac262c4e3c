import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import Reconciliation from '#transactions/models/reconciliation'
import Transaction from '#transactions/models/transaction'
import {
  ReconciliationList,
  type ReconciliationRow,
} from '#transactions/queries/reconciliation_list'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  /** Whether a difference is booked, as a transaction of the statement's day. */
  adjustment: boolean
}

/**
 * Ends a reconciliation: what is cleared is proven and stays as it is. Throws
 * `Conflict` when the account doesn't add up to the statement and the difference
 * isn't to be booked.
 */
export default class CompleteReconciliation {
  async handle({ actor, id, adjustment }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const reconciliation = await Reconciliation.lock(id, trx)
      reconciliation.requireOpen()
      const [sums] = await new ReconciliationList().handle(readerOf(trx), { id }, 1)
      const difference = sums.statementBalance - sums.clearedBalance
      if (difference !== 0 && !adjustment) {
        throw new Conflict(`${difference} minor units of ${sums.currency} are missing.`)
      }

      if (difference !== 0) {
        reconciliation.adjustmentId = await this.#adjust(actor, sums, difference, trx)
      }
      await reconciliation.complete(trx)
      await audit.record(
        {
          actor,
          action: 'reconciliation.completed',
          subject: reconciliation,
          data: { adjustmentId: reconciliation.adjustmentId ?? null },
          userId: actor.id,
        },
        trx
      )
    })
  }

  async #adjust(
    { id: userId }: User,
    { id, accountId, currency, statementDate }: ReconciliationRow,
    difference: number,
    trx: TransactionClientContract
  ) {
    const adjustment = await Transaction.create(
      {
        userId,
        accountId,
        currency,
        kind: difference > 0 ? 'income' : 'expense',
        amountMinor: difference,
        bookedOn: statementDate,
        payee: 'Balance adjustment',
        tags: [],
        reconciliationId: id,
      },
      { client: trx }
    )
    return adjustment.id
  }
}
