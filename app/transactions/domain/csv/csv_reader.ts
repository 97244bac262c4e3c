import { decoderFor, type TextDecoding } from '#transactions/domain/csv/encoding'
import type { CsvLayout } from '#transactions/domain/csv/layout'
import { RowReader, type ReadRow } from '#transactions/domain/csv/row_reader'
import type { CsvRow } from '#transactions/domain/csv/csv_row'
import { Tokenizer } from '#transactions/domain/csv/tokenizer'

/**
 * Reads a file chunk by chunk, in memory that does not grow with it: bytes in,
 * numbered rows out. Numbers count the data rows from 1; the preamble, the
 * header and rows without any text have none, so the same file always gives
 * the same numbers.
 */
export class CsvReader {
  readonly #decoder: TextDecoding
  readonly #tokenizer: Tokenizer
  readonly #rowReader: RowReader
  #awaitsHeader: boolean
  #number = 0

  constructor(layout: CsvLayout, currencyCode: string) {
    this.#decoder = decoderFor(layout.encoding)
    this.#tokenizer = new Tokenizer({ ...layout, skipLines: layout.preambleLines })
    this.#rowReader = new RowReader(layout, currencyCode)
    this.#awaitsHeader = layout.headers !== null
  }

  /** The rows these bytes complete. Throws `CsvRefused` over 200 columns. */
  push(bytes: Uint8Array): ReadRow[] {
    return this.#read(this.#tokenizer.push(this.#decoder.write(bytes)))
  }

  /** The rows that only the end of the file completes. */
  end(): ReadRow[] {
    const rows = this.#tokenizer.push(this.#decoder.end())
    return this.#read(rows.concat(this.#tokenizer.end()))
  }

  #read(rows: CsvRow[]): ReadRow[] {
    const read: ReadRow[] = []
    for (const row of rows) {
      if (this.#awaitsHeader) this.#awaitsHeader = false
      else if (!isBlank(row)) read.push(this.#rowReader.read(row, ++this.#number))
    }
    return read
  }
}

function isBlank(row: CsvRow): boolean {
  return row.broken === null && row.cells.every((cell) => cell.trim() === '')
}
