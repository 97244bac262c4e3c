import type { Reader } from '#core/database/tenant'
import type Reconciliation from '#transactions/models/reconciliation'

/** A reconciliation with what its account adds up to, in minor units of the account's currency. */
export interface ReconciliationRow {
  id: string
  accountId: string
  status: Reconciliation['status']
  currency: string
  statementDate: string
  statementBalance: number
  /** The opening balance and every cleared transaction up to the day. */
  clearedBalance: number
  clearedCount: number
  adjustmentId: string | null
  createdAt: Date
  updatedAt: Date
  completedAt: Date | null
}

interface Filters {
  id?: string
  accountId?: string
}

/** The user's reconciliations, newest first. */
export class ReconciliationList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { id, accountId }: Filters, limit: number, before?: string) {
    return reader.query<ReconciliationRow>(
      `SELECT r.id, r.account_id AS "accountId", r.status, a.currency, r.statement_date AS "statementDate",
         r.statement_balance_minor AS "statementBalance",
         CASE WHEN r.status = 'completed' THEN r.statement_balance_minor
           ELSE (a.opening_balance_minor + coalesce((
             SELECT sum(t.amount_minor) FROM transactions t
             WHERE t.user_id = r.user_id AND t.account_id = r.account_id
               AND t.reconciliation_id IS NOT NULL AND t.booked_on <= r.statement_date
           ), 0))::bigint END AS "clearedBalance",
         (SELECT count(*) FROM transactions t
          WHERE t.user_id = r.user_id AND t.account_id = r.account_id AND t.reconciliation_id = r.id
            AND t.booked_on <= r.statement_date) AS "clearedCount",
         r.adjustment_id AS "adjustmentId", r.created_at AS "createdAt", r.updated_at AS "updatedAt",
         r.completed_at AS "completedAt"
       FROM reconciliations r JOIN accounts a ON a.user_id = r.user_id AND a.id = r.account_id
       WHERE ($1::uuid IS NULL OR r.id = $1) AND ($2::uuid IS NULL OR r.account_id = $2)
         AND ($3::uuid IS NULL OR r.id < $3)
       ORDER BY r.id DESC LIMIT $4`,
      [id ?? null, accountId ?? null, before ?? null, limit]
    )
  }
}
