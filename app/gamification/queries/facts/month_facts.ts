import { currency as currencyOf } from '#core/money/currency'
import { firstOfMonth } from '#gamification/domain/days'
import { Monthly, Standing } from '#gamification/domain/facts'
import { longestRunOfMonths } from '#gamification/domain/streak'
import type { FactSource } from '#gamification/queries/facts/source'

/** A month of the totals: minor units of the user's currency, and postings of any. */
interface Month {
  month: string
  income: number
  expenses: number
  postings: number
  categorised: number
}

/** Of fewer postings, nobody can say that they are sorted. */
const FEWEST_POSTINGS = 10
const SORTED = 0.9

const MONTHS = `
  SELECT month,
    coalesce(sum(income_minor) FILTER (WHERE currency = $1), 0)::bigint AS income,
    coalesce(sum(expense_minor) FILTER (WHERE currency = $1), 0)::bigint AS expenses,
    sum(income_count + expense_count)::bigint AS postings,
    coalesce(sum(income_count + expense_count) FILTER (WHERE category_id IS NOT NULL), 0)::bigint
      AS categorised
  FROM monthly_totals GROUP BY month`

const RECONCILED_MONTHS = `
  SELECT DISTINCT date_trunc('month', statement_date::timestamp)::date AS month
  FROM reconciliations r WHERE status = 'completed' AND EXISTS (
    SELECT FROM transactions t WHERE t.user_id = r.user_id AND t.account_id = r.account_id
      AND t.reconciliation_id = r.id AND t.id IS DISTINCT FROM r.adjustment_id
  )`

/**
 * How months went, by the kept totals. Savings are those on accounts in the
 * user's currency; transfers are in neither. A month counts once it is over.
 */
export const monthFacts = {
  facts: {
    savingsMonths: { meaning: 'Months that ended with more earned than spent', measure: 'count' },
    longestSavingsStreak: { meaning: 'Most of them in a row', measure: 'count' },
    savingsRate: {
      meaning: 'The part of the income that was left',
      measure: 'share',
      grain: 'month',
    },
    saved: { meaning: 'Income less expenses', measure: 'amount', grain: 'month' },
    categorisedShare: {
      meaning: 'The part of postings that is under a category',
      measure: 'share',
      grain: 'month',
    },
    categorisedMonths: {
      meaning: 'Months of at least ten postings with 90 % under a category',
      measure: 'count',
    },
    longestReconciledStreak: {
      meaning: 'Most months in a row in which a reconciled statement ends',
      measure: 'count',
    },
  },

  async read(reader, { today, currency }) {
    const [months, reconciled] = await Promise.all([
      reader.query<Month>(MONTHS, [currency]),
      reader.query<{ month: string }>(RECONCILED_MONTHS),
    ])
    const over = months.filter(({ month }) => month < firstOfMonth(today))
    const saving = over.filter(({ income, expenses }) => income > 0 && income > expenses)
    const sorted = over.filter(
      ({ postings, categorised }) => postings >= FEWEST_POSTINGS && categorised >= postings * SORTED
    )
    const unit = 10 ** currencyOf(currency).digits
    return {
      savingsMonths: new Standing(saving.length),
      longestSavingsStreak: new Standing(longestRunOfMonths(saving.map(({ month }) => month))),
      savingsRate: new Monthly(months, (rows) => shareOf(saved(rows), sum(rows, 'income'))),
      saved: new Monthly(months, (rows) => Math.floor(saved(rows) / unit)),
      categorisedShare: new Monthly(months, (rows) =>
        shareOf(sum(rows, 'categorised'), sum(rows, 'postings'))
      ),
      categorisedMonths: new Standing(sorted.length),
      longestReconciledStreak: new Standing(
        longestRunOfMonths(reconciled.map(({ month }) => month))
      ),
    }
  },
} satisfies FactSource

function saved(rows: Month[]) {
  return sum(rows, 'income') - sum(rows, 'expenses')
}

function sum(rows: Month[], column: Exclude<keyof Month, 'month'>) {
  return rows.reduce((total, row) => total + row[column], 0)
}

/** Of nothing, nothing is left. */
function shareOf(part: number, whole: number) {
  return whole > 0 ? Math.max(part / whole, 0) : 0
}
