import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** An account that an alert watches, and what is on it. */
export interface WatchedBalance {
  alertId: string
  accountId: string
  balance: number
  isLow: boolean
}

/** The balances that the user's alerts watch, from the kept totals. */
export class LowBalances {
  async handle(trx: TransactionClientContract): Promise<WatchedBalance[]> {
    const { rows } = await trx.rawQuery<{ rows: WatchedBalance[] }>(
      `WITH watched AS (
         SELECT l.id AS "alertId", a.id AS "accountId", l.threshold_minor,
           a.opening_balance_minor + coalesce((
             SELECT sum(t.income_minor - t.expense_minor + t.transfer_minor)
             FROM monthly_totals t WHERE t.account_id = a.id
           ), 0) AS balance
         FROM alerts l
         JOIN accounts a ON a.currency = l.currency AND a.archived_at IS NULL
           AND (l.account_id IS NULL OR l.account_id = a.id)
         WHERE l.enabled AND l.kind = 'lowBalance'
       )
       SELECT "alertId", "accountId", balance::bigint AS balance, balance < threshold_minor AS "isLow"
       FROM watched ORDER BY "alertId", "accountId"`
    )
    return rows
  }
}
