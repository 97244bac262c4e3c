import type { Reader } from '#core/database/tenant'
import {
  TRANSACTION_COLUMNS,
  TRANSACTION_SOURCE,
  type TransactionRow,
} from '#transactions/queries/transaction_rows'

export interface TransactionFilters {
  accountId?: string
  /** `null` asks for what has no category. */
  categoryId?: string | null
  kind?: 'income' | 'expense' | 'transfer'
  from?: string
  to?: string
  minAmount?: number
  maxAmount?: number
  /** Found anywhere in payee, the bank's name for it, description or notes, whatever the case. */
  q?: string
  tag?: string
  importId?: string
}

interface Position {
  bookedOn: string
  id: string
}

const CONDITIONS: { [Filter in keyof Required<TransactionFilters>]: string } = {
  accountId: 't.account_id = ?',
  categoryId: `(t.category_id = ? OR EXISTS (
    SELECT 1 FROM transaction_splits s WHERE s.user_id = t.user_id AND s.transaction_id = t.id AND s.category_id = ?
  ))`,
  kind: 't.kind = ?',
  from: 't.booked_on >= ?',
  to: 't.booked_on <= ?',
  minAmount: 't.amount_minor >= ?',
  maxAmount: 't.amount_minor <= ?',
  q: `concat_ws(' ', t.payee, t.bank_payee, t.description, t.notes) ILIKE ?`,
  tag: 't.tags @> ARRAY[?]',
  importId: 't.import_id = ?',
}

/** Transactions that fit the filters, newest first by day, then id. */
export class TransactionList {
  /** @param after the last one of the page before; returns up to `limit` rows */
  async handle(reader: Reader, filters: TransactionFilters, limit: number, after?: Position) {
    const values: unknown[] = []
    const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
      const value = filters[name as keyof TransactionFilters]
      if (value === undefined) return []
      if (value === null) return ['t.category_id IS NULL AND NOT t.is_split']
      values.push(name === 'q' ? `%${String(value).replace(/[\\%_]/g, '\\$&')}%` : value)
      return [condition.replaceAll('?', `$${values.length}${CASTS[name] ?? ''}`)]
    })
    if (after) {
      values.push(after.bookedOn, after.id)
      conditions.push(
        `(t.booked_on, t.id) < ($${values.length - 1}::date, $${values.length}::uuid)`
      )
    }
    values.push(limit)

    return reader.query<TransactionRow>(
      `SELECT ${TRANSACTION_COLUMNS} FROM ${TRANSACTION_SOURCE}
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY t.booked_on DESC, t.id DESC LIMIT $${values.length}`,
      values
    )
  }
}

const CASTS: Record<string, string> = {
  accountId: '::uuid',
  categoryId: '::uuid',
  importId: '::uuid',
  from: '::date',
  to: '::date',
  minAmount: '::bigint',
  maxAmount: '::bigint',
  tag: '::text',
}
