import type pg from 'pg'
import { tenant } from '#core/database/tenant'
import { signAccessToken } from '#auth/domain/access_token'
import Session from '#auth/models/session'
import { ACCOUNTS, CATEGORIES } from '#tests/bench/bank_rows'
import Category from '#transactions/models/category'
import RegisterUser from '#users/actions/register_user'
import type User from '#users/models/user'
import OpenAccount from '#wallet/actions/open_account'

/** A user with the accounts and categories that a statement names. */
export interface Household {
  user: User
  accounts: Map<string, string>
  categories: Map<string, string>
}

export async function moveIn(name: string): Promise<Household> {
  const email = `${name}-${process.hrtime.bigint()}@bench.test`
  const password = 'a long enough passphrase'
  const user = await new RegisterUser().handle({ email, password, name })

  const accounts = new Map<string, string>()
  for (const account of ACCOUNTS) {
    const type = account === 'Credit card' ? 'credit' : 'checking'
    const { id } = await new OpenAccount().handle({ actor: user, name: account, type })
    accounts.set(account, id)
  }
  const categories = await tenant.transaction(user.id, async (trx) => {
    await Category.query({ client: trx }).delete()
    const made = await Category.createMany(
      CATEGORIES.map((category) => ({ userId: user.id, ...category })),
      { client: trx }
    )
    return new Map(made.map((category) => [category.name, category.id]))
  })
  return { user, accounts, categories }
}

/** An access token of a new session. */
export async function signIn(user: User) {
  const { refreshToken } = await tenant.transaction(user.id, (trx) =>
    Session.open(user, { ip: null, userAgent: 'bench' }, trx)
  )
  return signAccessToken(user, refreshToken.sessionId)
}

/** Empties the ledgers of everybody, which the next import or filling starts from. */
export async function clearLedgers(owner: pg.Client) {
  await owner.query(
    'TRUNCATE transactions, transaction_splits, import_rows, daily_totals, monthly_totals'
  )
}
