import type { ExportFormat } from '#transactions/domain/exports/export_format'
import type { TransactionRow } from '#transactions/queries/transaction_rows'
import TransactionTransformer from '#transactions/transformers/transaction_transformer'

/** A list of transactions as the API shows them, one a line. */
export class JsonExport implements ExportFormat<TransactionRow> {
  #separator = '\n'

  begin() {
    return '['
  }

  rows(transactions: TransactionRow[]) {
    const shown = TransactionTransformer.transform(transactions)
    const text = this.#separator + shown.map((row) => JSON.stringify(row)).join(',\n')
    this.#separator = ',\n'
    return text
  }

  end() {
    return '\n]\n'
  }
}
