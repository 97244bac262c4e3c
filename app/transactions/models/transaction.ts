import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TransactionSchema } from '#database/schema'
import { ValidationFailed } from '#core/http/problem'
import Account from '#wallet/models/account'
import { identityOfBankId } from '#transactions/domain/identity'
import type { RuleField } from '#transactions/domain/payee_rules'
import Category from '#transactions/models/category'

/** One part of a transaction, under a category of its own. */
export interface Split {
  categoryId: string | null
  amount: number
  note?: string | null
}

/**
 * Money that came onto an account or left it. Negative amounts are expenses;
 * one leg of a transfer is neither income nor expense.
 */
export default class Transaction extends TransactionSchema {
  static selfAssignPrimaryKey = true

  @belongsTo(() => Account)
  declare account: BelongsTo<typeof Account>

  @belongsTo(() => Category)
  declare category: BelongsTo<typeof Category>

  @beforeCreate()
  static prepare(transaction: Transaction) {
    transaction.id ??= randomUUIDv7()
  }

  /** The bank's id, and what follows from it: nobody books the same id on an account twice. */
  static identifiedBy(accountId: string, externalId: string | null) {
    return { externalId, identity: externalId && identityOfBankId(accountId, externalId) }
  }

  /** Removes them, and the other legs of transfers with them. */
  static async discardAll(transactions: Transaction[], trx: TransactionClientContract) {
    const ids = transactions.map(({ id }) => id)
    const transferIds = transactions.flatMap(({ transferId }) => transferId ?? [])
    await trx.from('transactions').whereIn('id', ids).orWhereIn('transfer_id', transferIds).delete()
  }

  get isTransfer() {
    return this.transferId !== null
  }

  /** Books a changed amount; income turns into an expense with its sign. */
  bookAmount(amount: number) {
    if (this.isSplit && amount !== this.amountMinor) {
      throw ValidationFailed.field(
        'amount',
        'split',
        'Remove the splits before changing the amount'
      )
    }
    this.amountMinor = amount
    if (!this.isTransfer) this.kind = amount > 0 ? 'income' : 'expense'
  }

  /** Moves the transaction to another account of the same currency. */
  moveTo(account: Account) {
    if (account.currency !== this.currency) {
      throw ValidationFailed.field(
        'accountId',
        'sameCurrency',
        `The account is not in ${this.currency}`
      )
    }
    this.accountId = account.id
    if (this.externalId) Object.assign(this, Transaction.identifiedBy(account.id, this.externalId))
  }

  /** Takes another bank's id. Saying the same again, none included, leaves how it is recognised. */
  identifyBy(externalId: string | null) {
    if (externalId !== this.externalId) {
      Object.assign(this, Transaction.identifiedBy(this.accountId, externalId))
    }
  }

  /** Rules leave these fields alone from now on. */
  lock(fields: RuleField[]) {
    this.lockedFields = [...new Set([...this.lockedFields, ...fields])]
  }

  /** Rules may set these again. */
  unlock(fields: RuleField[]) {
    this.lockedFields = this.lockedFields.filter((field) => !fields.includes(field))
  }

  /**
   * Replaces the splits by these, which add up to the amount exactly. Their categories are
   * the person's; none makes it whole again, for rules too.
   */
  async splitInto(splits: Split[], trx: TransactionClientContract) {
    if (this.isTransfer) {
      throw ValidationFailed.field(
        'splits',
        'transfer',
        'A transfer has no categories to split into'
      )
    }
    const sum = splits.reduce((total, { amount }) => total + BigInt(amount), 0n)
    if (splits.length > 0 && sum !== BigInt(this.amountMinor)) {
      throw ValidationFailed.field(
        'splits',
        'sum',
        `The splits add up to ${sum}, not ${this.amountMinor}`
      )
    }

    await trx.from('transaction_splits').where('transaction_id', this.id).delete()
    this.isSplit = splits.length > 0
    if (this.isSplit) {
      this.categoryId = null
      this.lock(['category'])
    } else {
      this.unlock(['category'])
    }
    await this.useTransaction(trx).enableForceUpdate().save()
    if (this.isSplit)
      await trx.insertQuery().table('transaction_splits').multiInsert(this.#rows(splits))
  }

  #rows(splits: Split[]) {
    return splits.map(({ categoryId, amount, note }, position) => ({
      user_id: this.userId,
      transaction_id: this.id,
      position,
      category_id: categoryId,
      amount_minor: amount,
      note: note ?? null,
      account_id: this.accountId,
      currency: this.currency,
      booked_on: this.bookedOn,
      kind: this.kind,
    }))
  }
}
