import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TransactionSchema } from '#database/schema'
import { Conflict, Reconciled, ValidationFailed } from '#core/http/problem'
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
 * one leg of a transfer is neither income nor expense. Once it is reconciled,
 * Postgres refuses to change its account, amount or day: `Reconciled`.
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
      const message = 'Remove the splits before changing the amount'
      throw ValidationFailed.field('amount', 'split', message)
    }
    this.amountMinor = amount
    if (!this.isTransfer) this.kind = amount > 0 ? 'income' : 'expense'
  }

  /**
   * Moves the transaction to another account of the same currency. What came with
   * a file is still recognised when the file comes again; no statement of the new
   * account has shown it.
   */
  async moveTo(account: Account, trx: TransactionClientContract) {
    if (account.currency !== this.currency) {
      throw ValidationFailed.field(
        'accountId',
        'sameCurrency',
        `The account is not in ${this.currency}`
      )
    }
    if (account.id === this.accountId) return

    this.accountId = account.id
    this.reconciliationId = null
    if (this.externalId && !(await this.#cameWithFile(trx))) {
      Object.assign(this, Transaction.identifiedBy(account.id, this.externalId))
    }
  }

  /**
   * Books it on another day. The other leg of a transfer goes with it, unless two
   * banks booked them on two days.
   *
   * @param otherLeg where it is in memory too, and may be changed after this one
   */
  async bookOn(day: string, trx: TransactionClientContract, otherLeg?: Transaction) {
    if (this.isTransfer && day !== this.bookedOn) {
      if (otherLeg?.bookedOn === this.bookedOn) await otherLeg.merge({ bookedOn: day }).save()
      await trx
        .from('transactions')
        .where({ transfer_id: this.transferId!, booked_on: this.bookedOn })
        .whereNot('id', this.id)
        .update({ booked_on: day, updated_at: trx.raw('clock_timestamp()') })
    }
    this.bookedOn = day
  }

  /** Throws `Reconciled` when a statement has proven it. */
  refuseReconciled() {
    if (this.reconciled) throw new Reconciled()
  }

  /** Whether the other may be where this money arrived. */
  mayBeTransferTo(other: Transaction) {
    const isFree = [this, other].every(({ isTransfer, isSplit }) => !isTransfer && !isSplit)
    const isOpposite = this.amountMinor < 0 && other.amountMinor > 0
    const isWhole = this.currency !== other.currency || this.amountMinor === -other.amountMinor
    return isFree && isOpposite && isWhole && this.accountId !== other.accountId
  }

  /**
   * Takes another bank's id. Saying the same again, none included, leaves how it is
   * recognised; so does any id, when it came with a file that may come again. Throws
   * `Conflict` when another transaction is known by the id.
   */
  async identifyBy(externalId: string | null, trx: TransactionClientContract) {
    if (externalId === this.externalId) return

    const known = Transaction.identifiedBy(this.accountId, externalId)
    if (this.identity === null || !(await this.#cameWithFile(trx))) {
      Object.assign(this, known)
      return
    }
    if (known.identity) await this.#refuseTaken(known.identity, trx)
    this.externalId = externalId
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
      const message = 'A transfer has no categories to split into'
      throw ValidationFailed.field('splits', 'transfer', message)
    }
    const sum = splits.reduce((total, { amount }) => total + BigInt(amount), 0n)
    if (splits.length > 0 && sum !== BigInt(this.amountMinor)) {
      const message = `The splits add up to ${sum}, not ${this.amountMinor}`
      throw ValidationFailed.field('splits', 'sum', message)
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

  /** Imported, or merged with what was: a file of the bank knows it by its identity. */
  async #cameWithFile(trx: TransactionClientContract) {
    if (this.importId) return true
    const merged = { match_id: this.id, kind: 'duplicate', status: 'accepted' }
    return (await trx.from('proposals').where(merged).first()) !== null
  }

  async #refuseTaken(identity: string, trx: TransactionClientContract) {
    const other = await trx.from('transactions').where({ identity }).whereNot('id', this.id).first()
    if (other) throw new Conflict('It exists already.')
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
