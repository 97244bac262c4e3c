import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { LedgerVerification } from '#transactions/queries/ledger_verification'
import type User from '#users/models/user'

interface Posting {
  account: string
  day: string
  category: string | null
  currency: string
  kind: 'income' | 'expense' | 'transfer'
  amount: number
}

/** A bucket of the totals as one comparable line. */
type Bucket = [income: number, expense: number, transfer: number, counts: [number, number, number]]

const POSTINGS = `
  SELECT account_id AS account, booked_on AS day, category_id AS category, currency, kind, amount_minor AS amount
  FROM transactions WHERE user_id = :user AND NOT is_split
  UNION ALL
  SELECT account_id, booked_on, category_id, currency, kind, amount_minor
  FROM transaction_splits WHERE user_id = :user`

/**
 * A user's totals as they are kept, and as they follow from the rows, added up
 * here and not by Postgres.
 */
export async function totalsOf(user: Pick<User, 'id'>) {
  return system.transaction(async (trx) => {
    await trx.rawQuery('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    const { rows } = await trx.rawQuery(POSTINGS, { user: user.id })
    const kept = async (table: string, period: string) => {
      const totals = await trx.from(table).where('user_id', user.id)
      return totals.map((row): [string, Bucket] => [
        [row.account_id, row[period], row.category_id, row.currency].join(' '),
        [
          row.income_minor,
          row.expense_minor,
          row.transfer_minor,
          [row.income_count, row.expense_count, row.transfer_count],
        ],
      ])
    }
    return {
      kept: {
        daily: Object.fromEntries(await kept('daily_totals', 'day')),
        monthly: Object.fromEntries(await kept('monthly_totals', 'month')),
      },
      recomputed: {
        daily: added(rows, (day) => day),
        monthly: added(rows, (day) => `${day.slice(0, 7)}-01`),
      },
    }
  })
}

/**
 * Every transaction and split of a user, byte by byte, but for the numbers by
 * which clients follow changes. What ids there are is told by `keepIds`: rows
 * that came again have others.
 */
export async function ledgerOf(user: Pick<User, 'id'>, { keepIds = true } = {}) {
  return system.transaction(async (trx) => {
    const { rows: transactions } = await trx.rawQuery(
      `SELECT (to_jsonb(t) - ARRAY['added_in', 'changed_in'] - ?::text[])::text AS row
       FROM transactions t WHERE user_id = ? ORDER BY 1`,
      [
        keepIds ? [] : ['id', 'import_id', 'created_at', 'updated_at', 'transfer_id'],
        user.id,
      ] as never
    )
    const { rows: splits } = await trx.rawQuery(
      `SELECT (to_jsonb(s) - ?::text[])::text AS row FROM transaction_splits s WHERE user_id = ? ORDER BY 1`,
      [keepIds ? [] : ['transaction_id'], user.id] as never
    )
    return [...transactions, ...splits].map(({ row }: { row: string }) => row)
  })
}

/** What `ledger:verify` finds wrong with one user's ledger. */
export async function differencesOf(user: Pick<User, 'id'>) {
  const { differences } = await new LedgerVerification().handle()
  return differences.filter(({ userId }) => userId === user.id)
}

function added(postings: Posting[], periodOf: (day: string) => string) {
  const buckets: Record<string, Bucket> = {}
  for (const { account, day, category, currency, kind, amount } of postings) {
    const key = [account, periodOf(day), category, currency].join(' ')
    const bucket = (buckets[key] ??= [0, 0, 0, [0, 0, 0]])
    const column = ['income', 'expense', 'transfer'].indexOf(kind) as 0 | 1 | 2
    bucket[column] += kind === 'expense' ? -amount : amount
    bucket[3][column]++
  }
  return buckets
}

/** Books many transactions at once, with texts that make a file of them long. */
export async function fill({ id: userId }: Pick<User, 'id'>, accountId: string, count: number) {
  await tenant.ledger(userId, async (trx) => {
    await trx.rawQuery(
      `INSERT INTO transactions
         (user_id, id, account_id, kind, amount_minor, currency, booked_on, payee, notes)
       SELECT ?, gen_random_uuid(), ?, 'expense', -n, 'EUR', date '2020-01-01' + n % 2000,
         'Payee ' || n, repeat('long ', 120)
       FROM generate_series(1, ?) n`,
      [userId, accountId, count]
    )
  })
}

/** Leaves nothing behind of what `fill` booked: other tests look at every row there is. */
export async function clear({ id: userId }: Pick<User, 'id'>) {
  await tenant.ledger(userId, async (trx) => {
    await trx.from('transactions').delete()
    await trx.from('transaction_tombstones').delete()
  })
}
