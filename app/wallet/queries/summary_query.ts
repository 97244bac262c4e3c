import { ratio } from '#core/money/decimal'
import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { Period } from '#wallet/domain/period'
import { unconverted } from '#wallet/domain/unconverted'
import { periodTotals } from '#wallet/queries/period_totals'

interface Input {
  user: LedgerOwner
  from?: string
  to?: string
  accountId?: string
}

interface Bucket {
  accountId: string
  categoryId: string | null
  income: number
  expenses: number
  transfers: number
  incomeCount: number
  expenseCount: number
}

interface AccountRow {
  accountId: string
  name: string
  currency: string
  opening: number
}

interface Category {
  id: string
  name: string
  kind: 'income' | 'expense'
}

const ACCOUNTS = `
  SELECT id AS "accountId", name, currency, opening_balance_minor AS opening
  FROM accounts ORDER BY created_at, id
`
const CATEGORIES = 'SELECT id, name, kind FROM categories'
const SHOWN_CATEGORIES = 10

/** What the user has, earned and spent in a period; all time without one. */
export class SummaryQuery {
  /** As JSON text. */
  async handle({ user, from, to, accountId }: Input) {
    return ledgerCache.rememberJson(user, 'wallet:summary', { from, to, accountId }, 60, () =>
      tenant.read(user.id, (reader) => this.compute(reader, { user, from, to, accountId }))
    )
  }

  /** Without the cache: what the bench measures. */
  async compute(reader: Reader, { user, from, to, accountId }: Input) {
    const period = new Period(from, to)
    const [allAccounts, categories, buckets, earlier] = await Promise.all([
      reader.query<AccountRow>(ACCOUNTS),
      reader.query<Category>(CATEGORIES),
      this.#buckets(reader, period),
      period.before ? this.#buckets(reader, period.before) : [],
    ])
    const accounts = allAccounts.filter((account) => !accountId || account.accountId === accountId)
    const byAccount = accounts.map((account) => ({
      accountId: account.accountId,
      name: account.name,
      currency: account.currency,
      ...figuresOf(account, buckets, earlier),
    }))
    const own = byAccount.filter(({ currency }) => currency === user.currency)
    const income = total(own, (account) => account.income)
    const expenses = total(own, (account) => account.expenses)

    return {
      currency: user.currency,
      totalBalance: total(own, ({ balance }) => balance),
      income,
      expenses,
      net: income - expenses,
      savingsRate: income === 0 ? null : ratio(income - expenses, income, 4),
      topCategories: topCategories(
        new Set(own.map((account) => account.accountId)),
        buckets,
        categories
      ),
      byAccount,
      period: { from: from ?? null, to: to ?? null },
      rates: [],
      unconverted: unconverted(byAccount, user.currency, ({ balance }) => balance),
      asOf: new Date().toISOString(),
    }
  }

  #buckets(reader: Reader, period: Period) {
    const { text, values } = periodTotals(period)
    return reader.query<Bucket>(
      `SELECT account_id AS "accountId", category_id AS "categoryId", sum(income_minor)::bigint AS income,
         sum(expense_minor)::bigint AS expenses, sum(transfer_minor)::bigint AS transfers,
         sum(income_count)::bigint AS "incomeCount", sum(expense_count)::bigint AS "expenseCount"
       FROM (${text}) AS totals GROUP BY account_id, category_id`,
      values
    )
  }
}

/** The balance is that at the end of the period; income and expenses are the period's. */
function figuresOf({ accountId, opening }: AccountRow, buckets: Bucket[], earlier: Bucket[]) {
  const own = buckets.filter((bucket) => bucket.accountId === accountId)
  const before = earlier.filter((bucket) => bucket.accountId === accountId)
  const income = total(own, (bucket) => bucket.income)
  const expenses = total(own, (bucket) => bucket.expenses)
  const change = total([...own, ...before], (each) => each.income - each.expenses + each.transfers)
  return { balance: opening + change, income, expenses, net: income - expenses }
}

/** Net spending: a refund reduces it. Income without a category is no refund. */
function topCategories(accounts: Set<string>, buckets: Bucket[], categories: Category[]) {
  const known = new Map(categories.map((category) => [category.id, category]))
  const spending = new Map<string | null, { amount: number; count: number }>()
  for (const bucket of buckets) {
    const category = bucket.categoryId === null ? null : known.get(bucket.categoryId)
    if (!accounts.has(bucket.accountId) || category?.kind === 'income') continue
    const { amount, count } = spending.get(bucket.categoryId) ?? { amount: 0, count: 0 }
    spending.set(bucket.categoryId, {
      amount: amount + bucket.expenses - (category ? bucket.income : 0),
      count: count + bucket.expenseCount + (category ? bucket.incomeCount : 0),
    })
  }

  const spent = [...spending]
    .map(([categoryId, sums]) => ({ categoryId, name: nameOf(categoryId, known), ...sums }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || (a.name < b.name ? -1 : 1))
  const whole = total(spent, ({ amount }) => amount)
  return spent
    .slice(0, SHOWN_CATEGORIES)
    .map((category) => ({ ...category, share: ratio(category.amount, whole, 4) }))
}

function nameOf(categoryId: string | null, known: Map<string, Category>) {
  return categoryId === null ? 'Uncategorised' : known.get(categoryId)!.name
}

function total<Row>(rows: Row[], amount: (row: Row) => number) {
  return rows.reduce((sum, row) => sum + amount(row), 0)
}
