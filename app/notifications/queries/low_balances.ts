import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** An account that an alert watches, and what is on it. */
export interface WatchedBalance {
  alertId: string
  accountId: string
  currency: string
  balance: number
  isLow: boolean
}

/**
 * The balances that the user's alerts watch, from the kept totals; what is furthest below first.
 * One that names no account leaves out credit cards and loans: what is owed there is below zero.
 */
export class LowBalances {
  /** Each account is summed once, however many alerts watch it. */
  async handle(trx: TransactionClientContract): Promise<WatchedBalance[]> {
    const { rows } = await trx.rawQuery<{ rows: WatchedBalance[] }>(
      `WITH booked AS (
         SELECT account_id, sum(income_minor - expense_minor + transfer_minor) AS amount
         FROM monthly_totals GROUP BY account_id
       ), balances AS MATERIALIZED (
         SELECT a.id, a.currency, a.type IN ('credit', 'loan') AS "isDebt", (a.opening_balance_minor + coalesce(b.amount, 0))::bigint AS balance
         FROM accounts a LEFT JOIN booked b ON b.account_id = a.id
         WHERE a.archived_at IS NULL
       )
       SELECT l.id AS "alertId", b.id AS "accountId", b.currency, b.balance,
         b.balance < l.threshold_minor AS "isLow"
       FROM alerts l
       JOIN balances b ON b.currency = l.currency
         AND (l.account_id = b.id OR l.account_id IS NULL AND NOT b."isDebt")
       WHERE l.enabled AND l.kind = 'lowBalance'
       ORDER BY b.balance - l.threshold_minor, l.id, b.id`
    )
    return rows
  }
}
