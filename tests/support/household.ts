import { randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import RecordTransaction from '#transactions/actions/record_transaction'
import RecordTransfer from '#transactions/actions/record_transfer'
import SplitTransaction from '#transactions/actions/split_transaction'
import Category from '#transactions/models/category'
import type Transaction from '#transactions/models/transaction'
import RegisterUser from '#users/actions/register_user'
import type User from '#users/models/user'
import OpenAccount from '#wallet/actions/open_account'
import type Account from '#wallet/models/account'
import { AccountList } from '#wallet/queries/account_list'

interface AccountSpec {
  opening?: number
  type?: Account['type']
  currency?: string
}

type Booking = Partial<Parameters<RecordTransaction['handle']>[0]> & {
  accountId: string
  amount: number
}

/** What everybody's password is. */
export const PASSWORD = 'correct horse battery'

/** An action asked for without an `If-Match`. */
export const unconditionally: Precondition = () => {}

/** A user nobody else knows. Tests are apart because their users are. */
export async function newcomer(details: { currency?: string; email?: string } = {}): Promise<User> {
  const register = await app.container.make(RegisterUser)
  return register.handle({
    email: `${randomUUIDv7()}@example.com`,
    password: PASSWORD,
    name: 'Ada Lovelace',
    ...details,
  })
}

/**
 * A new user and their accounts, by name: `{ checking: 500_00 }` opens a
 * checking account with 500.00; details give another type or currency.
 */
export async function household<Name extends string>(
  accounts: Record<Name, number | AccountSpec>,
  details: { currency?: string } = {}
): Promise<{ user: User } & Record<Name, Account>> {
  const user = await newcomer(details)
  const opened: Record<string, Account> = {}
  for (const [name, spec] of Object.entries<number | AccountSpec>(accounts)) {
    opened[name] = await open(user, name, typeof spec === 'number' ? { opening: spec } : spec)
  }
  return { user, ...opened } as { user: User } & Record<Name, Account>
}

export async function open(user: User, name: string, spec: AccountSpec = {}): Promise<Account> {
  const openAccount = await app.container.make(OpenAccount)
  const { opening = 0, type = 'checking', currency } = spec
  return openAccount.handle({ actor: user, name, type, currency, openingBalance: opening })
}

/** Books a transaction; day and payee don't matter unless they are given. */
export async function record(user: User, booking: Booking): Promise<Transaction> {
  const recordTransaction = await app.container.make(RecordTransaction)
  return recordTransaction.handle({
    actor: user,
    bookedOn: '2026-01-15',
    payee: 'Corner shop',
    ...booking,
  })
}

export async function transfer(
  user: User,
  from: Account,
  to: Account,
  amount: number,
  details: { toAmount?: number; bookedOn?: string } = {}
) {
  const recordTransfer = await app.container.make(RecordTransfer)
  return recordTransfer.handle({
    actor: user,
    fromAccountId: from.id,
    toAccountId: to.id,
    amount,
    bookedOn: '2026-01-15',
    ...details,
  })
}

/** Divides a transaction; each part is a category and an amount. */
export async function split(user: User, transaction: Transaction, parts: [Category, number][]) {
  const splitTransaction = await app.container.make(SplitTransaction)
  return splitTransaction.handle({
    actor: user,
    id: transaction.id,
    splits: parts.map(([category, amount]) => ({ categoryId: category.id, amount })),
    precondition: unconditionally,
  })
}

/** One of the categories a user starts with. */
export async function categoryOf(user: User, name: string): Promise<Category> {
  return tenant.transaction(user.id, (trx) =>
    Category.query({ client: trx }).where('name', name).firstOrFail()
  )
}

/** What is on each account, by name. */
export async function balances(user: User): Promise<Record<string, number>> {
  const rows = await tenant.read(user.id, (reader) => new AccountList().handle(reader, {}, 1_000))
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]))
}
