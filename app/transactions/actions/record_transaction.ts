import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Account from '#wallet/models/account'
import { fieldsSetBy } from '#transactions/domain/locked_fields'
import Category from '#transactions/models/category'
import Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

interface Input {
  actor: User
  accountId: string
  amount: number
  bookedOn: string
  payee: string
  description?: string | null
  categoryId?: string | null
  tags?: string[]
  notes?: string | null
  externalId?: string | null
}

/** Books income or an expense on one of the user's accounts. */
export default class RecordTransaction {
  async handle({ actor, accountId, amount, ...details }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const account = await Account.findReferenced(accountId, 'accountId', trx)
      const { categoryId = null } = details
      if (categoryId) await Category.findReferenced(categoryId, 'categoryId', trx)

      const transaction = await Transaction.create(
        {
          userId: actor.id,
          accountId: account.id,
          currency: account.currency,
          kind: amount > 0 ? 'income' : 'expense',
          amountMinor: amount,
          categoryId,
          bookedOn: details.bookedOn,
          payee: details.payee,
          description: details.description ?? null,
          tags: details.tags ?? [],
          notes: details.notes ?? null,
          lockedFields: fieldsSetBy(details),
          ...Transaction.identifiedBy(account.id, details.externalId ?? null),
        },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'transaction.recorded', subject: transaction, userId: actor.id },
        trx
      )
      return transaction
    })
  }
}
