import { system } from '#core/database/system'

/** A bucket of the totals that the rows don't bear out, or a broken transaction. */
export interface Difference {
  kind: 'daily total' | 'monthly total' | 'transfer' | 'splits'
  userId: string
  subject: string
  detail: string
}

/** Whose rows: those of the users asked for, or everybody's when none are. */
const THEIRS = '(cardinality(CAST(:userIds AS uuid[])) = 0 OR user_id = ANY(:userIds))'

const POSTINGS = `
  SELECT user_id, account_id, booked_on, category_id, currency, kind, amount_minor
  FROM transactions WHERE NOT is_split AND ${THEIRS}
  UNION ALL
  SELECT user_id, account_id, booked_on, category_id, currency, kind, amount_minor
  FROM transaction_splits WHERE ${THEIRS}
`

const SUMS = [
  'income_minor',
  'expense_minor',
  'transfer_minor',
  'income_count',
  'expense_count',
  'transfer_count',
]

const totalDifferences = (table: string, period: string, periodOf: string) => `
  WITH expected AS (
    SELECT user_id, account_id, ${periodOf} AS ${period}, category_id, currency,
      coalesce(sum(amount_minor) FILTER (WHERE kind = 'income'), 0) AS income_minor,
      coalesce(sum(-amount_minor) FILTER (WHERE kind = 'expense'), 0) AS expense_minor,
      coalesce(sum(amount_minor) FILTER (WHERE kind = 'transfer'), 0) AS transfer_minor,
      count(*) FILTER (WHERE kind = 'income') AS income_count,
      count(*) FILTER (WHERE kind = 'expense') AS expense_count,
      count(*) FILTER (WHERE kind = 'transfer') AS transfer_count
    FROM (${POSTINGS}) AS postings GROUP BY 1, 2, 3, 4, 5
  ), compared AS (
    SELECT coalesce(e.user_id, t.user_id) AS user_id, coalesce(e.account_id, t.account_id) AS account_id,
      coalesce(e.${period}, t.${period}) AS period,
      ARRAY[${SUMS.map((sum) => `coalesce(e.${sum}, 0)`).join(', ')}]::bigint[] AS expected,
      ARRAY[${SUMS.map((sum) => `coalesce(t.${sum}, 0)`).join(', ')}]::bigint[] AS kept
    FROM expected e FULL JOIN (SELECT * FROM ${table} WHERE ${THEIRS}) t
      ON (t.user_id, t.account_id, t.${period}, t.currency) = (e.user_id, e.account_id, e.${period}, e.currency)
      AND coalesce(t.category_id, '00000000-0000-0000-0000-000000000000')
        = coalesce(e.category_id, '00000000-0000-0000-0000-000000000000')
  )
  SELECT user_id AS "userId", 'account ' || account_id || ' ' || period AS subject,
    'rows say ' || expected::text || ', kept is ' || kept::text AS detail
  FROM compared WHERE expected <> kept
`

const BROKEN_TRANSFERS = `
  SELECT user_id AS "userId", 'transfer ' || transfer_id AS subject, count(*) || ' legs' AS detail
  FROM transactions WHERE transfer_id IS NOT NULL AND ${THEIRS}
  GROUP BY user_id, transfer_id
  HAVING count(*) <> 2 OR (count(DISTINCT currency) = 1 AND sum(amount_minor) <> 0)
    OR min(amount_minor) > 0 OR max(amount_minor) < 0
`

const BROKEN_SPLITS = `
  SELECT t.user_id AS "userId", 'transaction ' || t.id AS subject,
    t.amount_minor || ' is split into ' || coalesce(sum(s.amount_minor), 0) AS detail
  FROM (SELECT * FROM transactions WHERE is_split AND ${THEIRS}) t
    LEFT JOIN transaction_splits s ON s.user_id = t.user_id AND s.transaction_id = t.id
  GROUP BY t.user_id, t.id, t.amount_minor
  HAVING t.amount_minor <> coalesce(sum(s.amount_minor), 0)
`

const CHECKS: [Difference['kind'], string][] = [
  ['daily total', totalDifferences('daily_totals', 'day', 'booked_on')],
  [
    'monthly total',
    totalDifferences('monthly_totals', 'month', `date_trunc('month', booked_on)::date`),
  ],
  ['transfer', BROKEN_TRANSFERS],
  ['splits', BROKEN_SPLITS],
]

/**
 * Recomputes every total from the rows of all users, in one snapshot, and looks
 * for transfers without two opposite legs and splits that don't add up.
 */
export class LedgerVerification {
  /** @param userIds whose; everybody's without */
  async handle(
    userIds: string[] = []
  ): Promise<{ transactions: number; differences: Difference[] }> {
    return system.transaction(async (trx) => {
      await trx.rawQuery('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
      await trx.rawQuery(`SET LOCAL statement_timeout = 0`)
      const counted = await trx.rawQuery(
        `SELECT count(*) AS transactions FROM transactions WHERE ${THEIRS}`,
        { userIds }
      )
      const differences: Difference[] = []
      for (const [kind, sql] of CHECKS) {
        const { rows } = await trx.rawQuery(sql, { userIds })
        differences.push(...rows.map((row: Omit<Difference, 'kind'>) => ({ kind, ...row })))
      }
      return { transactions: counted.rows[0].transactions, differences }
    })
  }
}
