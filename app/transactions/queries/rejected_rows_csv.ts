import { tenant } from '#core/database/tenant'
import { csvLine } from '#core/csv/csv_line'
import { Tokenizer } from '#transactions/domain/statements/csv/tokenizer'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import type { StatementLayout } from '#transactions/domain/statements/inspection'
import { ImportRowList, type ImportRow } from '#transactions/queries/import_row_list'

const PAGE = 1_000

/**
 * The rejected rows of an import as CSV in the columns of the file, led by the
 * row's number, the field at fault and the reason: to be corrected and uploaded
 * again. Rows of other formats stand in one column. Streams, however many there are.
 */
export class RejectedRowsCsv {
  async *handle(userId: string, importId: string, layout: StatementLayout): AsyncGenerator<string> {
    const csv = layout.format === 'csv' ? layout : null
    const delimiter = csv?.delimiter ?? ','
    yield csvLine(['row', 'field', 'reason', ...headersOf(csv)], delimiter)
    for (let after = 0; ;) {
      const rows = await tenant.read(userId, (reader) =>
        new ImportRowList().handle(reader, { importId, verdict: 'rejected' }, PAGE, after)
      )
      for (const row of rows) {
        const cells = csv ? cellsOf(row, csv) : [row.raw ?? '']
        yield csvLine([row.number, row.field, row.reason, ...cells], delimiter)
      }
      if (rows.length < PAGE) return
      after = rows.at(-1)!.number
    }
  }
}

function headersOf(csv: CsvLayout | null): string[] {
  return csv ? (csv.headers ?? []) : ['text']
}

/** A row too broken to have cells stands in one. */
function cellsOf({ raw }: ImportRow, layout: CsvLayout): string[] {
  const tokenizer = new Tokenizer({ ...layout, skipLines: 0 })
  const rows = [...tokenizer.push(raw ?? ''), ...tokenizer.end()]
  return rows.length === 1 && !rows[0].broken ? rows[0].cells : [raw ?? '']
}
