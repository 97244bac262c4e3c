import type { Reader } from '#core/database/tenant'
import type Account from '#wallet/models/account'

/** An account with what is on it, in minor units of its currency. */
export interface AccountRow {
  id: string
  name: string
  type: Account['type']
  currency: string
  openingBalance: number
  balance: number
  archivedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

interface Filters {
  id?: string
  archived?: boolean
}

/** The user's accounts with their balances, oldest first. */
export class AccountList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { id, archived }: Filters, limit: number, after?: string) {
    const values: unknown[] = [limit]
    const conditions = []
    if (id) conditions.push(`a.id = $${values.push(id)}`)
    if (after) conditions.push(`a.id > $${values.push(after)}`)
    if (archived !== undefined) {
      conditions.push(`a.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`)
    }

    return reader.query<AccountRow>(
      `SELECT a.id, a.name, a.type, a.currency, a.opening_balance_minor AS "openingBalance",
         (a.opening_balance_minor + coalesce(booked.amount, 0))::bigint AS balance,
         a.archived_at AS "archivedAt", a.created_at AS "createdAt", a.updated_at AS "updatedAt"
       FROM accounts a
       LEFT JOIN (
         SELECT account_id, sum(income_minor - expense_minor + transfer_minor) AS amount
         FROM monthly_totals ${id ? 'WHERE account_id = $2' : ''} GROUP BY account_id
       ) AS booked ON booked.account_id = a.id
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY a.id LIMIT $1`,
      values
    )
  }
}
