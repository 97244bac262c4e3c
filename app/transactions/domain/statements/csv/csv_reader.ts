import { decoderFor, type TextDecoding } from '#transactions/domain/statements/encoding'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { RowReader } from '#transactions/domain/statements/csv/row_reader'
import type { ReadRow } from '#transactions/domain/statements/read_row'
import type { CsvRow } from '#transactions/domain/statements/csv/csv_row'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'
import { Tokenizer } from '#transactions/domain/statements/csv/tokenizer'

/**
 * Reads a file chunk by chunk, in memory that does not grow with it: bytes in,
 * numbered rows out. Numbers count the data rows from 1; the preamble, the
 * header, rows without any text and remarks have none, so the same file always
 * gives the same numbers.
 */
export class CsvReader implements StatementReader {
  readonly statements = []
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

  /** The rows these bytes complete. Throws `StatementRefused` over 200 columns. */
  push(bytes: Uint8Array): ReadRow[] {
    return this.#read(this.#tokenizer.push(this.#decoder.write(bytes)))
  }

  /** The rows that only the end of the file completes. */
  end(): ReadRow[] {
    const rows = this.#tokenizer.push(this.#decoder.end())
    return [...this.#read(rows), ...this.#read(this.#tokenizer.end(), { mayBeCut: true })]
  }

  /** Where a file is cut, the row it ends in has no line end. */
  #read(rows: CsvRow[], { mayBeCut = false } = {}): ReadRow[] {
    const read: ReadRow[] = []
    for (const row of rows) {
      if (this.#awaitsHeader) this.#awaitsHeader = false
      else if (!isBlank(row)) {
        const next = this.#rowReader.read(row, this.#number + 1, { mayBeCut })
        if (!next.ok && this.#rowReader.isRemark(row, { mayBeCut })) continue
        this.#number++
        read.push(next)
      }
    }
    return read
  }
}

function isBlank(row: CsvRow): boolean {
  return row.broken === null && row.cells.every((cell) => cell.trim() === '')
}
