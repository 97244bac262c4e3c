import { csvLine } from '#core/csv/csv_line'
import type { ExportedTransaction, ExportFormat } from '#transactions/domain/exports/export_format'
import { splitsText } from '#transactions/domain/exports/exported_splits'
import {
  exportedAmount,
  exportedBankId,
  neutralized,
} from '#transactions/domain/exports/exported_text'

type Cell = (transaction: ExportedTransaction) => string

/**
 * The columns by their headers; the first ten are those an import maps, `splits` and
 * `ownId` are read too.
 */
const COLUMNS: Record<string, Cell> = {
  id: (row) => neutralized(exportedBankId(row)),
  date: (row) => row.bookedOn,
  account: (row) => neutralized(row.accountName),
  payee: (row) => neutralized(row.payee),
  description: (row) => neutralized(row.description ?? ''),
  notes: (row) => neutralized(row.notes ?? ''),
  category: (row) => neutralized(row.categoryName ?? ''),
  amount: (row) => exportedAmount(row.amount, row.currency),
  currency: (row) => row.currency,
  tags: (row) => neutralized(row.tags.join(', ')),
  kind: (row) => row.kind,
  transfer: (row) => neutralized(row.transferAccountName ?? ''),
  splits: (row) => neutralized(splitsText(row.splits ?? [], row.currency)),
  ownId: (row) => row.id,
}

export const CSV_HEADERS = Object.keys(COLUMNS)

const BYTE_ORDER_MARK = '\uFEFF'

/** RFC 4180, UTF-8, one line a transaction; amounts with a decimal point, days as `YYYY-MM-DD`. */
export class CsvExport implements ExportFormat {
  readonly #start: string

  /** @param bom marks the file as UTF-8, for spreadsheets that would not guess it */
  constructor({ bom = false } = {}) {
    this.#start = bom ? BYTE_ORDER_MARK : ''
  }

  begin() {
    return this.#start + csvLine(CSV_HEADERS)
  }

  rows(transactions: ExportedTransaction[]) {
    const cells = Object.values(COLUMNS)
    return transactions.map((row) => csvLine(cells.map((cell) => cell(row)))).join('')
  }

  end() {
    return ''
  }
}
