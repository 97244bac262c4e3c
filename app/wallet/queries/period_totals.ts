import type { Period } from '#wallet/domain/period'

/**
 * SQL of the totals of a period: whole months from the monthly totals, the days
 * at its edges from the daily ones. Takes the parameters $1 to $6 (see
 * `periodParameters`); rows: account_id, category_id, currency, day,
 * income_minor, expense_minor, transfer_minor,
 * income_count, expense_count.
 */
export const PERIOD_TOTALS = `
  SELECT account_id, category_id, currency, month AS day, income_minor, expense_minor, transfer_minor, income_count, expense_count
  FROM monthly_totals WHERE month >= $1::date AND month < $2::date
  UNION ALL
  SELECT account_id, category_id, currency, day, income_minor, expense_minor, transfer_minor, income_count, expense_count
  FROM daily_totals WHERE day >= $3::date AND day < $4::date
  UNION ALL
  SELECT account_id, category_id, currency, day, income_minor, expense_minor, transfer_minor, income_count, expense_count
  FROM daily_totals WHERE day >= $5::date AND day < $6::date
`

const NOTHING = { from: '0001-01-01', until: '0001-01-01' }

/** The values of $1 to $6 of `PERIOD_TOTALS`. */
export function periodParameters(period: Period): string[] {
  return [period.wholeMonths ?? NOTHING, ...period.edges].flatMap(({ from, until }) => [
    from,
    until,
  ])
}
