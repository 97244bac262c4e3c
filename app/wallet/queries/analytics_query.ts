import { ratio } from '#core/money/decimal'
import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { Period } from '#wallet/domain/period'
import { periodTotals } from '#wallet/queries/period_totals'
import { unconverted } from '#wallet/domain/unconverted'

export type Grouping = 'category' | 'payee' | 'account' | 'tag'
export type FlowKind = 'income' | 'expense'

interface Input {
  user: LedgerOwner
  from?: string
  to?: string
  groupBy: Grouping
  kind: FlowKind
}

interface Row {
  key: string | null
  name: string
  currency: string
  amount: number
  count: number
}

/**
 * What belongs to one kind of flow: every posting under a category of that kind
 * (a refund reduces an expense), and those without a category by their sign.
 */
const amountOf = (kind: FlowKind, income: string, expense: string) => {
  const [own, other] = kind === 'income' ? [income, expense] : [expense, income]
  return `(${own} - CASE WHEN c.id IS NULL THEN 0 ELSE ${other} END)`
}

const OPPOSITE = { income: 'expense', expense: 'income' } as const

/** Category and account are columns of the totals: their cost doesn't grow with history. */
const fromTotals = (totals: string, kind: FlowKind, by: 'category' | 'account') => {
  const amount = `sum(${amountOf(kind, 'p.income_minor', 'p.expense_minor')})::bigint`
  const count = `sum(p.${kind}_count + CASE WHEN c.id IS NULL THEN 0 ELSE p.${OPPOSITE[kind]}_count END)::bigint`
  const [key, name] =
    by === 'category'
      ? ['p.category_id', `coalesce(c.name, 'Uncategorised')`]
      : ['p.account_id', 'a.name']
  return `
    SELECT ${key} AS key, ${name} AS name, p.currency, ${amount} AS amount, ${count} AS count
    FROM (${totals}) AS p
    JOIN accounts a ON a.id = p.account_id
    LEFT JOIN categories c ON c.id = p.category_id
    WHERE c.id IS NULL OR c.kind = '${kind}'
    GROUP BY 1, 2, 3 HAVING ${amount} > 0`
}

/** Payees and tags are too many to keep totals of: these read the rows of the period. */
const fromRows = (kind: FlowKind, by: 'payee' | 'tag') => {
  const amount = `sum(${amountOf(kind, 'greatest(p.amount_minor, 0)', 'greatest(-p.amount_minor, 0)')})::bigint`
  return `
    SELECT g.key, g.key AS name, p.currency, ${amount} AS amount, count(DISTINCT p.id) AS count
    FROM (
      SELECT t.id, t.payee, t.tags, t.currency, t.kind, coalesce(s.category_id, t.category_id) AS category_id,
        coalesce(s.amount_minor, t.amount_minor) AS amount_minor
      FROM transactions t
      LEFT JOIN transaction_splits s ON s.user_id = t.user_id AND s.transaction_id = t.id
      WHERE t.booked_on BETWEEN $1::date AND $2::date AND t.kind <> 'transfer'
    ) AS p
    CROSS JOIN LATERAL ${by === 'payee' ? '(SELECT p.payee AS key)' : '(SELECT unnest(p.tags) AS key)'} AS g
    LEFT JOIN categories c ON c.id = p.category_id
    WHERE c.kind = '${kind}' OR (c.id IS NULL AND p.kind = '${kind}')
    GROUP BY 1, 2, 3 HAVING ${amount} > 0`
}

/** Income or expenses by category, payee, account or tag, beside the period before. */
export class AnalyticsQuery {
  /** As JSON text. */
  async handle(input: Input) {
    const { user, ...parameters } = input
    return ledgerCache.rememberJson(user, 'wallet:analytics', parameters, 60, () =>
      tenant.read(user.id, (reader) => this.compute(reader, input))
    )
  }

  /** Without the cache: what the bench measures. */
  async compute(reader: Reader, { user, from, to, groupBy, kind }: Input) {
    const period = new Period(from, to)
    const [rows, before] = await Promise.all([
      this.#groups(reader, period, groupBy, kind),
      period.previous ? this.#groups(reader, period.previous, groupBy, kind) : [],
    ])
    const own = rows.filter(({ currency }) => currency === user.currency)
    const earlier = new Map(
      before
        .filter(({ currency }) => currency === user.currency)
        .map((row) => [row.key, row.amount])
    )
    const total = own.reduce((sum, { amount }) => sum + amount, 0)

    return {
      currency: user.currency,
      groups: own
        .sort((a, b) => b.amount - a.amount || (a.name < b.name ? -1 : 1))
        .map(({ key, name, amount, count }) => {
          const previous = period.previous ? (earlier.get(key) ?? 0) : null
          const change = previous ? ratio(amount - previous, previous, 4) : null
          const share = ratio(amount, total, 4)
          return { key, name, amount, count, share, previousAmount: previous, change }
        }),
      period: { from: from ?? null, to: to ?? null },
      rates: [],
      unconverted: unconverted(rows, user.currency, ({ amount }) => amount),
    }
  }

  #groups(reader: Reader, period: Period, groupBy: Grouping, kind: FlowKind): Promise<Row[]> {
    if (groupBy === 'payee' || groupBy === 'tag') {
      return reader.query<Row>(fromRows(kind, groupBy), [period.from, period.to])
    }
    const { text, values } = periodTotals(period)
    return reader.query<Row>(fromTotals(text, kind, groupBy), values)
  }
}
