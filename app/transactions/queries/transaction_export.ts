import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { batchesOf } from '#core/database/snapshot'
import type { ExportedAccount, ExportFormat } from '#transactions/domain/exports/export_format'
import { matching, type TransactionFilters } from '#transactions/queries/transaction_filters'
import {
  TRANSACTION_COLUMNS,
  TRANSACTION_SOURCE,
  type TransactionRow,
} from '#transactions/queries/transaction_rows'

/** A transaction with the names that files have instead of ids, and what it is recognised by. */
export interface ExportedRow extends TransactionRow {
  identity: string | null
  accountName: string
  transferAccountName: string | null
}

/** Rows whose text is made at once: texts as short as this are gone as soon as they are sent. */
const PIECE = 100

const COLUMNS = `
  ${TRANSACTION_COLUMNS}, t.identity, a.name AS "accountName",
  CASE WHEN t.transfer_id IS NOT NULL THEN (
    SELECT other.name FROM transactions leg
    JOIN accounts other ON other.user_id = leg.user_id AND other.id = leg.account_id
    WHERE leg.user_id = t.user_id AND leg.transfer_id = t.transfer_id AND leg.id <> t.id
  ) END AS "transferAccountName"
`

const SOURCE = `${TRANSACTION_SOURCE} JOIN accounts a ON a.user_id = t.user_id AND a.id = t.account_id`

/** Transactions that fit the filters as the text of a file, read from one snapshot as it is written. */
export class TransactionExport {
  /** @param onRows is told how many transactions have been written since the last time */
  async *handle(
    trx: TransactionClientContract,
    filters: TransactionFilters,
    format: ExportFormat<ExportedRow>,
    onRows: (count: number) => void = () => {}
  ): AsyncGenerator<string> {
    const rowsOf = (only: TransactionFilters, order: string) =>
      this.#rows(trx, only, order, format, onRows)

    yield format.begin()
    if (format.beginAccount) {
      for (const account of await this.accounts(trx, filters)) {
        yield format.beginAccount(account)
        yield* rowsOf({ ...filters, accountId: account.id }, 't.booked_on, t.id')
        yield format.endAccount!(account)
      }
    } else {
      yield* rowsOf(filters, 't.booked_on DESC, t.id DESC')
    }
    yield format.end()
  }

  /** The accounts these transactions are of, credit cards last. */
  async accounts(trx: TransactionClientContract, filters: TransactionFilters) {
    const values: unknown[] = []
    return readerOf(trx).query<ExportedAccount>(
      `SELECT a.id, a.name, a.type, a.currency, found."firstDay", found."lastDay", found.count,
         (a.opening_balance_minor + coalesce((
           SELECT sum(m.income_minor - m.expense_minor + m.transfer_minor) FROM monthly_totals m
           WHERE m.user_id = a.user_id AND m.account_id = a.id
         ), 0))::bigint AS balance
       FROM accounts a JOIN (
         SELECT t.account_id, min(t.booked_on) AS "firstDay", max(t.booked_on) AS "lastDay", count(*)
         FROM transactions t WHERE ${matching(filters, values)} GROUP BY t.account_id
       ) AS found ON found.account_id = a.id
       ORDER BY a.type = 'credit', a.id`,
      values
    )
  }

  async *#rows(
    trx: TransactionClientContract,
    filters: TransactionFilters,
    order: string,
    format: ExportFormat<ExportedRow>,
    onRows: (count: number) => void
  ) {
    const values: unknown[] = []
    const sql = `SELECT ${COLUMNS} FROM ${SOURCE} WHERE ${matching(filters, values)} ORDER BY ${order}`
    for await (const rows of batchesOf<ExportedRow>(sql, trx, values)) {
      for (let from = 0; from < rows.length; from += PIECE) {
        yield format.rows(rows.slice(from, from + PIECE))
      }
      onRows(rows.length)
    }
  }
}
