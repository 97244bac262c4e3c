import { ratio } from '#core/money/decimal'
import { ledgerCache } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { PERIOD_TOTALS, periodParameters } from '#wallet/queries/period_totals'
import { Period } from '#wallet/domain/period'
import { unconverted } from '#wallet/domain/unconverted'
import type User from '#users/models/user'

interface Input {
  user: User
  from?: string
  to?: string
  accountId?: string
}

interface AccountRow {
  accountId: string
  name: string
  currency: string
  balance: number
  income: number
  expenses: number
}

interface CategoryRow {
  categoryId: string | null
  name: string
  amount: number
  count: number
}

const ACCOUNTS = `
  WITH flows AS (
    SELECT account_id, sum(income_minor)::bigint AS income, sum(expense_minor)::bigint AS expenses
    FROM (${PERIOD_TOTALS}) AS totals GROUP BY account_id
  ), booked AS (
    SELECT account_id, sum(amount) AS amount FROM (
      SELECT account_id, income_minor - expense_minor + transfer_minor AS amount
      FROM monthly_totals WHERE month < date_trunc('month', $7::date)
      UNION ALL
      SELECT account_id, income_minor - expense_minor + transfer_minor
      FROM daily_totals WHERE day >= date_trunc('month', $7::date) AND day <= $7::date
    ) AS totals GROUP BY account_id
  )
  SELECT a.id AS "accountId", a.name, a.currency,
    (a.opening_balance_minor + coalesce(booked.amount, 0))::bigint AS balance,
    coalesce(flows.income, 0) AS income, coalesce(flows.expenses, 0) AS expenses
  FROM accounts a
  LEFT JOIN flows ON flows.account_id = a.id
  LEFT JOIN booked ON booked.account_id = a.id
  WHERE $8::uuid IS NULL OR a.id = $8
  ORDER BY a.created_at, a.id
`

/** Net spending: a refund reduces it. Income without a category is no refund. */
const CATEGORIES = `
  SELECT totals.category_id AS "categoryId", coalesce(c.name, 'Uncategorised') AS name,
    sum(totals.expense_minor - CASE WHEN c.id IS NULL THEN 0 ELSE totals.income_minor END)::bigint AS amount,
    sum(totals.expense_count + CASE WHEN c.id IS NULL THEN 0 ELSE totals.income_count END)::bigint AS count
  FROM (${PERIOD_TOTALS}) AS totals
  LEFT JOIN categories c ON c.id = totals.category_id
  WHERE totals.currency = $7 AND ($8::uuid IS NULL OR totals.account_id = $8)
    AND (c.id IS NULL OR c.kind = 'expense')
  GROUP BY totals.category_id, c.name
  HAVING sum(totals.expense_minor - CASE WHEN c.id IS NULL THEN 0 ELSE totals.income_minor END) > 0
  ORDER BY amount DESC, name
`

const SHOWN_CATEGORIES = 10

/** What the user has, earned and spent in a period; all time without one. */
export class SummaryQuery {
  async handle({ user, from, to, accountId }: Input) {
    return ledgerCache.remember(user, 'wallet:summary', { from, to, accountId }, '60s', () =>
      tenant.read(user.id, (reader) => this.compute(reader, { user, from, to, accountId }))
    )
  }

  /** Without the cache: what the bench measures. */
  async compute(reader: Reader, { user, from, to, accountId = undefined }: Input) {
    const period = new Period(from, to)
    const parameters = periodParameters(period)
    const [accounts, categories] = await Promise.all([
      reader.query<AccountRow>(ACCOUNTS, [...parameters, period.to, accountId ?? null]),
      reader.query<CategoryRow>(CATEGORIES, [...parameters, user.currency, accountId ?? null]),
    ])

    const own = accounts.filter(({ currency }) => currency === user.currency)
    const income = total(own, (account) => account.income)
    const expenses = total(own, (account) => account.expenses)
    const spent = total(categories, ({ amount }) => amount)

    return {
      currency: user.currency,
      totalBalance: total(own, ({ balance }) => balance),
      income,
      expenses,
      net: income - expenses,
      savingsRate: income === 0 ? null : ratio(income - expenses, income, 4),
      topCategories: categories
        .slice(0, SHOWN_CATEGORIES)
        .map((category) => ({ ...category, share: ratio(category.amount, spent, 4) })),
      byAccount: accounts.map((account) => ({
        ...account,
        net: account.income - account.expenses,
      })),
      period: { from: from ?? null, to: to ?? null },
      rates: [],
      unconverted: unconverted(accounts, user.currency, ({ balance }) => balance),
      asOf: new Date().toISOString(),
    }
  }
}

function total<Row>(rows: Row[], amount: (row: Row) => number) {
  return rows.reduce((sum, row) => sum + amount(row), 0)
}
