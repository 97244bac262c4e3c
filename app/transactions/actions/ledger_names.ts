import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type { KnownAccount, Names } from '#transactions/domain/import_plan'

interface Account extends KnownAccount {
  name: string
}

interface Category {
  id: string
  name: string
  kind: 'income' | 'expense'
}

/**
 * The user's accounts and categories by name, whatever the case. With
 * `createMissing` a name nobody has becomes a new one, which is written with
 * the rows that named it (`save`).
 */
export class LedgerNames implements Names {
  readonly #accounts = new Map<string, KnownAccount | 'ambiguous'>()
  readonly #accountsById = new Map<string, KnownAccount>()
  readonly #categories = new Map<string, string>()
  readonly #categoryIds: Set<string>
  readonly #createMissing: boolean
  #newAccounts: Account[] = []
  #newCategories: Category[] = []

  private constructor(accounts: Account[], categories: Category[], createMissing: boolean) {
    this.#createMissing = createMissing
    this.#categoryIds = new Set(categories.map(({ id }) => id))
    for (const { name, ...account } of accounts) {
      this.#accountsById.set(account.id, account)
      this.#accounts.set(fold(name), this.#accounts.has(fold(name)) ? 'ambiguous' : account)
    }
    for (const { name, kind, id } of categories) {
      for (const key of [fold(name), `${kind} ${fold(name)}`]) {
        if (!this.#categories.has(key)) this.#categories.set(key, id)
      }
    }
  }

  static async load(trx: TransactionClientContract, createMissing: boolean) {
    const accounts = await trx.from('accounts').select('id', 'name', 'currency').orderBy('id')
    const categories = await trx.from('categories').select('id', 'name', 'kind').orderBy('id')
    return new LedgerNames(accounts, categories, createMissing)
  }

  accountOf(id: string) {
    return this.#accountsById.get(id) ?? null
  }

  account(name: string, currency: string) {
    const known = this.#accounts.get(fold(name)) ?? null
    if (known || !this.#createMissing) return known

    const account = { id: randomUUIDv7(), currency }
    this.#newAccounts.push({ ...account, name: name.slice(0, 100) })
    this.#accounts.set(fold(name), account)
    return account
  }

  /** One of the other kind where no other has the name: a refund reduces what was spent. */
  category(name: string, kind: 'income' | 'expense') {
    const key = fold(name)
    const known = this.#categories.get(`${kind} ${key}`) ?? this.#categories.get(key) ?? null
    if (known || !this.#createMissing) return known

    const category = { id: randomUUIDv7(), kind }
    this.#newCategories.push({ ...category, name: name.slice(0, 100) })
    this.#categories.set(key, category.id)
    return category.id
  }

  hasCategory(id: string) {
    return this.#categoryIds.has(id)
  }

  /** What was named since the last time, to be written before the rows that need it. */
  takeNew() {
    const taken = { accounts: this.#newAccounts, categories: this.#newCategories }
    this.#newAccounts = []
    this.#newCategories = []
    return taken
  }
}

/** Writes accounts and categories that a file named first, and that its import made them. */
export async function saveNames(
  { userId, importId }: { userId: string; importId: string },
  { accounts, categories }: ReturnType<LedgerNames['takeNew']>,
  trx: TransactionClientContract
) {
  if (accounts.length > 0) {
    const rows = accounts.map((account) => ({ ...account, user_id: userId, type: 'checking' }))
    await trx.insertQuery().table('accounts').multiInsert(rows)
  }
  if (categories.length > 0) {
    const rows = categories.map((category) => ({ ...category, user_id: userId }))
    await trx.insertQuery().table('categories').multiInsert(rows)
  }
  if (accounts.length + categories.length === 0) return
  await readerOf(trx).query(
    `UPDATE imports SET created_accounts = created_accounts || $2::uuid[],
       created_categories = created_categories || $3::uuid[] WHERE id = $1`,
    [importId, accounts.map(({ id }) => id), categories.map(({ id }) => id)]
  )
}

function fold(name: string) {
  return name.normalize('NFC').trim().toLowerCase()
}
