import type { Interval, Period } from '#wallet/domain/period'

/** A piece of SQL and the values of its parameters, which are `$1` and on. */
export interface Sql {
  text: string
  values: unknown[]
}

const COLUMNS = `account_id, category_id, currency, income_minor, expense_minor, transfer_minor,
  income_count, expense_count`

/**
 * The totals of a period: whole months from the monthly totals, the days at its
 * edges from the daily ones, and no branch for what it doesn't have. Rows:
 * account_id, category_id, currency, day, income_minor, expense_minor,
 * transfer_minor, income_count, expense_count.
 *
 * @param edgeDay what `day` is for the days at the edges
 */
export function periodTotals(period: Period, edgeDay = 'day'): Sql {
  const values: string[] = []
  const between = (column: string, { from, until }: { from: string; until: string }) => {
    values.push(from, until)
    return `${column} >= $${values.length - 1}::date AND ${column} < $${values.length}::date`
  }
  const months = period.wholeMonths
  const branches = [
    ...(months
      ? [`SELECT ${COLUMNS}, month AS day FROM monthly_totals WHERE ${between('month', months)}`]
      : []),
    ...period.edges.map(
      (edge) =>
        `SELECT ${COLUMNS}, ${edgeDay} AS day FROM daily_totals WHERE ${between('day', edge)}`
    ),
  ]
  return { text: branches.join(' UNION ALL '), values }
}

/**
 * The totals behind a series, `day` being the first of their interval: the
 * monthly ones for months, the daily ones for days and weeks.
 */
export function totalsFor(period: Period, interval: Interval): Sql {
  const start = `date_trunc('${interval}', day::timestamp)::date`
  if (interval === 'month') return periodTotals(period, start)
  return {
    text: `SELECT ${COLUMNS}, ${start} AS day FROM daily_totals WHERE day >= $1::date AND day <= $2::date`,
    values: [period.from, period.to],
  }
}
