import { dayOf, RESIDENCES, residenceAt } from '#gamification/queries/facts/residence'

/** What is made up afterwards and what makes a balance fit: neither says how a month went. */
const UNPROVEN = `
  SELECT id FROM (
    SELECT t.id, t.booked_on, ${dayOf('t.created_at')} AS day
    FROM transactions t ${residenceAt('t.created_at')} WHERE t.import_id IS NULL
  ) AS recorded
  WHERE booked_on NOT BETWEEN recorded.day - $2::int AND recorded.day + 1
    AND id NOT IN (SELECT match_id FROM proposals WHERE kind = 'duplicate' AND status = 'accepted')
  UNION
  SELECT adjustment_id FROM reconciliations WHERE adjustment_id IS NOT NULL`

/** Its postings one by one: OFFSET 0 keeps the planner from reading the whole history for them. */
const POSTINGS = `
  SELECT p.* FROM unproven CROSS JOIN LATERAL (
    SELECT booked_on, currency, category_id, kind, amount_minor
    FROM transactions WHERE id = unproven.id AND NOT is_split OFFSET 0
  ) AS p
  UNION ALL
  SELECT p.* FROM unproven CROSS JOIN LATERAL (
    SELECT booked_on, currency, category_id, kind, amount_minor
    FROM transaction_splits WHERE transaction_id = unproven.id OFFSET 0
  ) AS p`

/**
 * A common table `totals`: the kept totals of each month less what isn't proven, that
 * is neither imported nor entered in time. `$1` is the user's time zone, `$2` for how
 * many days after its day a transaction may be entered.
 */
export const PROVEN_TOTALS = `${RESIDENCES},
  unproven AS MATERIALIZED (${UNPROVEN}),
  totals AS (
    SELECT month, currency, category_id, income_minor, expense_minor, income_count, expense_count
    FROM monthly_totals
    UNION ALL
    SELECT date_trunc('month', booked_on::timestamp)::date, currency, category_id,
      CASE kind WHEN 'income' THEN -amount_minor ELSE 0 END,
      CASE kind WHEN 'expense' THEN amount_minor ELSE 0 END,
      CASE kind WHEN 'income' THEN -1 ELSE 0 END, CASE kind WHEN 'expense' THEN -1 ELSE 0 END
    FROM (${POSTINGS}) AS postings
  )`
