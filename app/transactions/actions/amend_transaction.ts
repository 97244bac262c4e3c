import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import type { Precondition } from '#core/http/etag'
import Account from '#wallet/models/account'
import { fieldsSetBy } from '#transactions/domain/locked_fields'
import type { RuleField } from '#transactions/domain/payee_rules'
import Category from '#transactions/models/category'
import PayeeAlias from '#transactions/models/payee_alias'
import Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

interface Changes {
  accountId?: string
  amount?: number
  bookedOn?: string
  payee?: string
  description?: string | null
  categoryId?: string | null
  tags?: string[]
  notes?: string | null
  externalId?: string | null
  /** The fields that rules leave alone; without it what is set here joins those there are. */
  lockedFields?: RuleField[]
}

interface Input {
  actor: User
  id: string
  changes: Changes
  precondition: Precondition
}

const PLAIN = ['bookedOn', 'payee', 'description', 'tags', 'notes'] as const

/** Changes a transaction. The legs of a transfer keep their accounts, amounts and lack of a category. */
export default class AmendTransaction {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const transaction = await Transaction.findOrFail(id, { client: trx })
      await precondition(transaction, trx)

      if (transaction.isTransfer) this.#refuseOnTransfers(changes)
      if (changes.accountId) {
        transaction.moveTo(await Account.findReferenced(changes.accountId, 'accountId', trx))
      }
      if (changes.amount !== undefined) transaction.bookAmount(changes.amount)
      if (changes.categoryId !== undefined) {
        await this.#categorise(transaction, changes.categoryId, trx)
      }
      if (changes.externalId !== undefined) transaction.identifyBy(changes.externalId)
      const { payee: shownPayee } = transaction
      for (const field of PLAIN) {
        if (changes[field] !== undefined) transaction.merge({ [field]: changes[field] })
      }
      transaction.lock(fieldsSetBy(changes))
      if (changes.lockedFields) transaction.lockedFields = changes.lockedFields

      await transaction.save()
      if (transaction.importId && transaction.payee !== shownPayee) {
        const bankPayee = transaction.bankPayee ?? shownPayee
        await PayeeAlias.learn({ userId: actor.id, bankPayee, payee: transaction.payee }, trx)
      }
      if (transaction.isTransfer && changes.bookedOn) {
        await trx
          .from('transactions')
          .where('transfer_id', transaction.transferId!)
          .update({ booked_on: changes.bookedOn, updated_at: trx.raw('clock_timestamp()') })
      }
      await audit.record(
        {
          actor,
          action: 'transaction.amended',
          subject: transaction,
          data: { fields: Object.keys(changes) },
          userId: actor.id,
        },
        trx
      )
      return transaction
    })
  }

  #refuseOnTransfers(changes: Changes) {
    const field = (['accountId', 'amount', 'categoryId'] as const).find(
      (name) => changes[name] !== undefined
    )
    if (field) {
      throw ValidationFailed.field(
        field,
        'transfer',
        `The ${field} of a transfer cannot change: delete it and record it anew`
      )
    }
  }

  async #categorise(
    transaction: Transaction,
    categoryId: string | null,
    trx: Parameters<Parameters<typeof tenant.ledger>[1]>[0]
  ) {
    if (transaction.isSplit && categoryId) {
      throw ValidationFailed.field('categoryId', 'split', 'Its splits carry the categories')
    }
    if (categoryId) await Category.findReferenced(categoryId, 'categoryId', trx)
    transaction.categoryId = categoryId
  }
}
