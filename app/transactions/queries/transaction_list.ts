import type { Reader } from '#core/database/tenant'
import { matching, type TransactionFilters } from '#transactions/queries/transaction_filters'
import {
  TRANSACTION_COLUMNS,
  TRANSACTION_SOURCE,
  type TransactionRow,
} from '#transactions/queries/transaction_rows'

interface Position {
  bookedOn: string
  id: string
}

/** Transactions that fit the filters, newest first by day, then id. */
export class TransactionList {
  /** @param after the last one of the page before; returns up to `limit` rows */
  async handle(reader: Reader, filters: TransactionFilters, limit: number, after?: Position) {
    const values: unknown[] = []
    let condition = matching(filters, values)
    if (after) {
      values.push(after.bookedOn, after.id)
      condition += ` AND (t.booked_on, t.id) < ($${values.length - 1}::date, $${values.length}::uuid)`
    }
    values.push(limit)

    return reader.query<TransactionRow>(
      `SELECT ${TRANSACTION_COLUMNS} FROM ${TRANSACTION_SOURCE} WHERE ${condition}
       ORDER BY t.booked_on DESC, t.id DESC LIMIT $${values.length}`,
      values
    )
  }
}
