import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import type { Precondition } from '#core/http/etag'
import { ValidationFailed } from '#core/http/problem'
import { within } from '#core/http/within'
import { References } from '#transactions/actions/references'
import { fieldsSetBy } from '#transactions/domain/locked_fields'
import type { RuleField } from '#transactions/domain/payee_rules'
import PayeeAlias from '#transactions/models/payee_alias'
import type Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

export interface Changes {
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
  /** Each with its place in the request, if there are several: errors name it. */
  amendments: { id: string; changes: Changes; path?: string }[]
  precondition: Precondition
}

const PLAIN = ['payee', 'description', 'tags', 'notes'] as const

/**
 * Changes transactions, inside the caller's transaction. The legs of a transfer
 * keep their accounts, amounts and lack of a category. What they have to match is
 * asked of all of them before the first changes, since a leg changes the other.
 */
export default class AmendTransactions {
  async handle({ actor, amendments, precondition }: Input, trx: TransactionClientContract) {
    const references = await References.find(
      amendments.map(({ id, changes }) => ({ ...changes, id })),
      trx
    )
    const amended: Transaction[] = []
    for (const { id, path } of amendments) {
      await within(path, async () => {
        const transaction = references.transaction(id)
        await precondition(transaction, trx)
        amended.push(transaction)
      })
    }
    for (const [index, { changes, path }] of amendments.entries()) {
      await within(path, () => this.#amend(amended[index], changes, references, trx))
    }
    await audit.recordAll(
      amendments.map(({ changes }, index) => ({
        actor,
        action: 'transaction.amended',
        subject: amended[index],
        data: { fields: Object.keys(changes) },
        userId: actor.id,
      })),
      trx
    )
    return amended
  }

  async #amend(
    transaction: Transaction,
    changes: Changes,
    references: References,
    trx: TransactionClientContract
  ) {
    if (transaction.isTransfer) this.#refuseOnTransfers(changes)
    if (changes.accountId) await transaction.moveTo(references.account(changes.accountId), trx)
    if (changes.amount !== undefined) transaction.bookAmount(changes.amount)
    if (changes.bookedOn !== undefined) {
      await transaction.bookOn(changes.bookedOn, trx, references.otherLegOf(transaction))
    }
    if (changes.categoryId !== undefined) {
      this.#categorise(transaction, changes.categoryId, references)
    }
    if (changes.externalId !== undefined) await transaction.identifyBy(changes.externalId, trx)
    for (const field of PLAIN) {
      if (changes[field] !== undefined) transaction.merge({ [field]: changes[field] })
    }
    transaction.lock(fieldsSetBy(changes))
    if (changes.lockedFields) transaction.lockedFields = changes.lockedFields

    await PayeeAlias.learnFrom(transaction, trx)
    await transaction.save()
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

  #categorise(transaction: Transaction, categoryId: string | null, references: References) {
    if (transaction.isSplit && categoryId) {
      throw ValidationFailed.field('categoryId', 'split', 'Its splits carry the categories')
    }
    transaction.categoryId = categoryId && references.category(categoryId).id
  }
}
