import { backdatedDays } from '#config/gamification'
import { currency as currencyOf } from '#core/money/currency'
import { firstOfMonth } from '#gamification/domain/days'
import { Monthly, Standing } from '#gamification/domain/facts'
import { longestRunOfMonths } from '#gamification/domain/streak'
import { PROVEN_TOTALS } from '#gamification/queries/facts/proven_totals'
import type { FactSource } from '#gamification/queries/facts/source'

/** A month of the totals: minor units of the user's currency, and postings of any. */
interface Month {
  month: string
  income: number
  expenses: number
  /** Postings of the user's currency. */
  counted: number
  postings: number
  categorised: number
}

/** A month in which a statement of an account ends that was reconciled. */
interface ReconciledMonth {
  accountId: string
  month: string
}

/** Of fewer postings, nobody can say that they are sorted, or that something was saved. */
const FEWEST_SORTED = 10
const FEWEST_SAVING = 3
const SORTED = 0.9

const MONTHS = `WITH ${PROVEN_TOTALS}
  SELECT month,
    coalesce(sum(income_minor) FILTER (WHERE currency = $3), 0)::bigint AS income,
    coalesce(sum(expense_minor) FILTER (WHERE currency = $3), 0)::bigint AS expenses,
    coalesce(sum(income_count + expense_count) FILTER (WHERE currency = $3), 0)::bigint AS counted,
    sum(income_count + expense_count)::bigint AS postings,
    coalesce(sum(income_count + expense_count) FILTER (WHERE category_id IS NOT NULL), 0)::bigint
      AS categorised
  FROM totals GROUP BY month`

const RECONCILED_MONTHS = `
  SELECT DISTINCT account_id AS "accountId",
    date_trunc('month', statement_date::timestamp)::date AS month
  FROM reconciliations r WHERE status = 'completed' AND EXISTS (
    SELECT FROM transactions t WHERE t.user_id = r.user_id AND t.account_id = r.account_id
      AND t.reconciliation_id = r.id AND t.id IS DISTINCT FROM r.adjustment_id
  )`

/**
 * How months went, by the kept totals less what was made up afterwards. Savings are
 * those on accounts in the user's currency, in months of at least three postings of it;
 * transfers are in neither. A month counts once it is over.
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
      meaning: 'Most months in a row in which a reconciled statement of one account ends',
      measure: 'count',
    },
  },

  async read(reader, { today, timezone, currency }) {
    const [months, reconciled] = await Promise.all([
      reader.query<Month>(MONTHS, [timezone, backdatedDays, currency]),
      reader.query<ReconciledMonth>(RECONCILED_MONTHS),
    ])
    const over = months.filter(({ month }) => month < firstOfMonth(today))
    const known = months.filter(({ counted }) => counted >= FEWEST_SAVING)
    const saving = over.filter(
      (each) => known.includes(each) && each.income > 0 && each.income > each.expenses
    )
    const sorted = over.filter(
      ({ postings, categorised }) => postings >= FEWEST_SORTED && categorised >= postings * SORTED
    )
    const unit = 10 ** currencyOf(currency).digits
    return {
      savingsMonths: new Standing(saving.length),
      longestSavingsStreak: new Standing(longestRunOfMonths(saving.map(({ month }) => month))),
      savingsRate: new Monthly(known, (rows) => shareOf(saved(rows), sum(rows, 'income'))),
      saved: new Monthly(known, (rows) => Math.floor(saved(rows) / unit)),
      categorisedShare: new Monthly(months, (rows) =>
        shareOf(sum(rows, 'categorised'), sum(rows, 'postings'))
      ),
      categorisedMonths: new Standing(sorted.length),
      longestReconciledStreak: new Standing(
        longestOfAnAccount(reconciled.filter(({ month }) => month < firstOfMonth(today)))
      ),
    }
  },
} satisfies FactSource

function longestOfAnAccount(reconciled: ReconciledMonth[]) {
  const accounts = Map.groupBy(reconciled, ({ accountId }) => accountId).values()
  return Math.max(
    0,
    ...[...accounts].map((rows) => longestRunOfMonths(rows.map(({ month }) => month)))
  )
}

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
