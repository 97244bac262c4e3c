import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { InvalidReference, NotFound } from '#core/http/problem'
import Account from '#wallet/models/account'
import Category from '#transactions/models/category'
import Transaction from '#transactions/models/transaction'

/** What a request says of one transaction; an id is that of one there is. */
interface Naming {
  id?: string
  accountId?: string
  categoryId?: string | null
}

/** The records of a user that a request names, found at once however many they are. */
export class References {
  static async find(names: Naming[], trx: TransactionClientContract) {
    const named = (key: keyof Naming) => [...new Set(names.flatMap((each) => each[key] ?? []))]
    const [ids, accountIds, categoryIds] = [named('id'), named('accountId'), named('categoryId')]
    return new References(
      ids.length > 0 ? await Transaction.findMany(ids, { client: trx }) : [],
      accountIds.length > 0 ? await Account.findMany(accountIds, { client: trx }) : [],
      categoryIds.length > 0 ? await Category.findMany(categoryIds, { client: trx }) : []
    )
  }

  readonly #transactions: Map<string, Transaction>
  readonly #accounts: Map<string, Account>
  readonly #categories: Map<string, Category>

  private constructor(transactions: Transaction[], accounts: Account[], categories: Category[]) {
    this.#transactions = byId(transactions)
    this.#accounts = byId(accounts)
    this.#categories = byId(categories)
  }

  /** Throws `NotFound`. */
  transaction(id: string): Transaction {
    const transaction = this.#transactions.get(id)
    if (!transaction) throw new NotFound()
    return transaction
  }

  /** The other leg of a transfer, if the request names it too. */
  otherLegOf({ id, transferId }: Transaction): Transaction | undefined {
    if (transferId === null) return undefined
    return [...this.#transactions.values()].find(
      (other) => other.transferId === transferId && other.id !== id
    )
  }

  /** Throws `InvalidReference`. */
  account(id: string): Account {
    const account = this.#accounts.get(id)
    if (!account) throw new InvalidReference('accountId', 'account')
    return account
  }

  /** Throws `InvalidReference`. */
  category(id: string): Category {
    const category = this.#categories.get(id)
    if (!category) throw new InvalidReference('categoryId', 'category')
    return category
  }
}

function byId<T extends { id: string }>(records: T[]) {
  return new Map(records.map((record) => [record.id, record]))
}
