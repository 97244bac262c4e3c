import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Category from '#transactions/models/category'
import Transaction, { type Split } from '#transactions/models/transaction'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  splits: Split[]
  precondition: Precondition
}

/** Divides a transaction between categories; an empty list makes it whole again. */
export default class SplitTransaction {
  async handle({ actor, id, splits, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const transaction = await Transaction.findOrFail(id, { client: trx })
      await precondition(transaction, trx)
      for (const [index, { categoryId }] of splits.entries()) {
        if (categoryId) await Category.findReferenced(categoryId, `${index}.categoryId`, trx)
      }

      await transaction.splitInto(splits, trx)
      await audit.record(
        { actor, action: 'transaction.split', subject: transaction, userId: actor.id },
        trx
      )
      return transaction
    })
  }
}
