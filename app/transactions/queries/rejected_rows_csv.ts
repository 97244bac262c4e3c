import { tenant } from '#core/database/tenant'
import { csvLine } from '#core/csv/csv_line'
import { Tokenizer } from '#transactions/domain/csv/tokenizer'
import type { CsvLayout } from '#transactions/domain/csv/layout'
import { ImportRowList, type ImportRow } from '#transactions/queries/import_row_list'

const PAGE = 1_000

/**
 * The rejected rows of an import as CSV in the columns of the file, led by the
 * row's number, the field at fault and the reason: to be corrected and uploaded
 * again. Streams, however many there are.
 */
export class RejectedRowsCsv {
  async *handle(userId: string, importId: string, layout: CsvLayout): AsyncGenerator<string> {
    yield csvLine(['row', 'field', 'reason', ...(layout.headers ?? [])], layout.delimiter)
    for (let after = 0; ;) {
      const rows = await tenant.read(userId, (reader) =>
        new ImportRowList().handle(reader, { importId, verdict: 'rejected' }, PAGE, after)
      )
      for (const row of rows) {
        const cells = [row.number, row.field, row.reason, ...cellsOf(row, layout)]
        yield csvLine(cells, layout.delimiter)
      }
      if (rows.length < PAGE) return
      after = rows.at(-1)!.number
    }
  }
}

/** A row too broken to have cells stands in one. */
function cellsOf({ raw }: ImportRow, layout: CsvLayout): string[] {
  const tokenizer = new Tokenizer({ ...layout, skipLines: 0 })
  const rows = [...tokenizer.push(raw ?? ''), ...tokenizer.end()]
  return rows.length === 1 && !rows[0].broken ? rows[0].cells : [raw ?? '']
}
