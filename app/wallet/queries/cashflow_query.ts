import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { type Interval, labelOf, Period } from '#wallet/domain/period'
import { seriesOf } from '#wallet/domain/requested_period'
import { unconverted } from '#wallet/domain/unconverted'
import { totalsFor } from '#wallet/queries/period_totals'

interface Input {
  user: LedgerOwner
  from?: string
  to?: string
  interval: Interval
}

interface Row {
  start: string
  currency: string
  income: number
  expenses: number
}

const flows = (totals: string) => `
  SELECT day AS start, currency,
    sum(income_minor)::bigint AS income, sum(expense_minor)::bigint AS expenses
  FROM (${totals}) AS totals
  GROUP BY 1, 2 HAVING sum(income_count + expense_count) > 0 ORDER BY 1
`

/** Income and expenses per interval, empty intervals included. */
export class CashflowQuery {
  /** As JSON text. */
  async handle({ user, from, to, interval }: Input) {
    return ledgerCache.rememberJson(user, 'wallet:cashflow', { from, to, interval }, 60, () =>
      tenant.read(user.id, (reader) => this.compute(reader, { user, from, to, interval }))
    )
  }

  /** Without the cache: what the bench measures. */
  async compute(reader: Reader, { user, from, to, interval }: Input) {
    const { text, values } = totalsFor(new Period(from, to), interval)
    const rows = await reader.query<Row>(flows(text), values)
    const own = new Map(
      rows.filter(({ currency }) => currency === user.currency).map((row) => [row.start, row])
    )
    const first = from ?? rows[0]?.start
    const last = to ?? rows.at(-1)?.start

    return {
      currency: user.currency,
      interval,
      series: seriesOf(first, last, interval).map((start) => {
        const { income = 0, expenses = 0 } = own.get(start) ?? {}
        return { period: labelOf(start, interval), income, expenses, net: income - expenses }
      }),
      rates: [],
      unconverted: unconverted(rows, user.currency, ({ income, expenses }) => income - expenses),
    }
  }
}
