import { tenant } from '#core/database/tenant'
import { csvLine } from '#core/csv/csv_line'
import { neutralized } from '#transactions/domain/exports/exported_text'
import { isOwnFile } from '#transactions/domain/exports/own_export'
import {
  isRejectedRows,
  REJECTED_HEADERS,
  REJECTED_LEAD,
} from '#transactions/domain/exports/rejected_columns'
import { RejectedExport } from '#transactions/domain/exports/rejected_export'
import { numbered } from '#transactions/domain/statements/csv/led_rows'
import { Tokenizer } from '#transactions/domain/statements/csv/tokenizer'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import type { StatementLayout } from '#transactions/domain/statements/inspection'
import { LONGEST_RAW, type ReadRow } from '#transactions/domain/statements/read_row'
import { ImportRowList, type ImportRow } from '#transactions/queries/import_row_list'

const PAGE = 1_000
/** In UTF-16 units, which a cut may take away too. */
const HALF_CHARACTER = 1
const PLAIN_NUMBER = /^[+-][\d.,\s]*$/

interface Input {
  userId: string
  importId: string
  layout: StatementLayout
  /** Of the account. */
  currency: string
  /** The file once more: a row of other formats is only understood inside it. */
  chunks: () => AsyncIterable<{ rows: ReadRow[] }>
}

/**
 * The rejected rows of an import as CSV, to be corrected and uploaded again. Those of a
 * CSV stand in its columns, led by the row's number, the field at fault and the
 * reason; those of other formats in columns that imports know. Streams, however many
 * there are.
 */
export class RejectedRowsCsv {
  handle(input: Input): AsyncGenerator<string> {
    const { layout } = input
    return layout.format === 'csv' ? this.#ofCsv(input, layout) : this.#ofOthers(input)
  }

  async *#ofCsv(input: Input, layout: CsvLayout) {
    const { delimiter, lead } = layout
    const headers = layout.headers ?? numbered(layout.cells.least)
    const isOurs = isRejectedRows(headers)
    const harmless = lead > 0 || isOwnFile(headers) ? (cell: string) => cell : harmlessCell
    yield csvLine([...(isOurs ? [] : REJECTED_LEAD), ...headers], delimiter)
    for await (const row of this.#rejected(input)) {
      const cells = cellsOf(row, layout).map(harmless)
      if (!isOurs) yield csvLine([row.number, row.field, row.reason, ...cells], delimiter)
      else if (cells.length < headers.length) yield csvLine(cells, delimiter)
      else yield csvLine(cells.with(-1, row.reason ?? ''), delimiter)
    }
  }

  async *#ofOthers(input: Input) {
    yield csvLine(REJECTED_HEADERS)
    const columns = new RejectedExport(input.currency)
    const rejected = this.#rejected(input)
    let next = await rejected.next()
    for await (const { rows } of input.chunks()) {
      for (const row of rows) {
        if (next.done) return
        if (row.number !== next.value.number) continue
        yield csvLine(columns.cells(row, next.value))
        next = await rejected.next()
      }
    }
  }

  async *#rejected({ userId, importId }: Input): AsyncGenerator<ImportRow, void> {
    for (let after = 0; ;) {
      const rows = await tenant.read(userId, (reader) =>
        new ImportRowList().handle(reader, { importId, verdict: 'rejected' }, PAGE, after)
      )
      yield* rows
      if (rows.length < PAGE) return
      after = rows.at(-1)!.number
    }
  }
}

/** What an import takes its apostrophe away from again; a number with its sign needs none. */
function harmlessCell(cell: string): string {
  return PLAIN_NUMBER.test(cell) ? cell : neutralized(cell)
}

/** A row too broken to have cells, or too long for all of them, stands in one. */
function cellsOf({ raw }: ImportRow, layout: CsvLayout): string[] {
  const text = raw ?? ''
  const isWhole = text.length < LONGEST_RAW - HALF_CHARACTER
  const tokenizer = new Tokenizer({ ...layout, skipLines: 0 })
  const rows = [...tokenizer.push(text), ...tokenizer.end()]
  const isReadable = isWhole && rows.length === 1 && !rows[0].broken
  return isReadable ? rows[0].cells.slice(layout.lead) : [text]
}
