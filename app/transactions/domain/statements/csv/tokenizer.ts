import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { excelTextEnd, withoutExcelText } from '#transactions/domain/statements/csv/excel_text'
import {
  MAX_COLUMNS,
  MAX_FIELD_LENGTH,
  MAX_ROW_LENGTH,
  checkCharacters,
  holdsBadCharacters,
  type BrokenRow,
  type CsvRow,
} from '#transactions/domain/statements/csv/csv_row'
import {
  CR,
  LF,
  NEEDS_MORE,
  lineBreaks,
  lineEndAfter,
  terminatorEnd,
} from '#transactions/domain/statements/line_ends'

export interface TokenizerOptions {
  /** One character. */
  delimiter: string
  /** One character. */
  quote: string
  /** Physical lines to drop before the first row. */
  skipLines?: number
}

const BROKEN = -2
const EQUALS = 61

/**
 * RFC 4180 over text that arrives in chunks: rows end with LF, CRLF or CR,
 * empty lines are skipped, memory stays within one row.
 *
 * Lenient as banks need it: a quote inside an unquoted field is literal, and
 * so is one inside a quoted field that neither closes it nor is doubled, as
 * long as the field ends on the same line. A row that cannot be closed loses
 * its first line only, as broken; reading goes on with the next line.
 */
export class Tokenizer {
  readonly #delimiter: number
  readonly #quote: number
  readonly #quoteText: string
  readonly #twoQuotes: string
  #skipLines: number
  #rest = ''
  #line = 1
  #position = 0
  #skipsToLineEnd = false
  #broken: BrokenRow = 'tooLong'

  constructor({ delimiter, quote, skipLines = 0 }: TokenizerOptions) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote.charCodeAt(0)
    this.#quoteText = quote
    this.#twoQuotes = quote.repeat(2)
    this.#skipLines = skipLines
  }

  /** The rows that end within the text so far. Throws `StatementRefused` over 200 columns. */
  push(text: string): CsvRow[] {
    return this.#rows(this.#rest + text, false)
  }

  /** The rows that only the end of the file ends. */
  end(): CsvRow[] {
    return this.#rows(this.#rest, true)
  }

  #rows(text: string, final: boolean): CsvRow[] {
    const rows: CsvRow[] = []
    const suspect = holdsBadCharacters(text)
    this.#position = 0
    while (this.#position < text.length) {
      const code = text.charCodeAt(this.#position)
      if (code === LF || code === CR || this.#skipsToLineEnd || this.#skipLines > 0) {
        if (!this.#skipLine(text, final)) break
        continue
      }
      const line = this.#line
      const row = this.#row(text, final)
      if (row === null) {
        this.#line = line
        break
      }
      rows.push(suspect ? checkCharacters(row) : row)
    }
    this.#rest = text.slice(this.#position)
    return rows
  }

  #row(text: string, final: boolean): CsvRow | null {
    const start = this.#position
    const line = this.#line
    const cells: string[] = []
    let at = start
    for (;;) {
      const end =
        text.charCodeAt(at) === this.#quote
          ? this.#quoted(text, at, final, cells)
          : this.#unquoted(text, at, final, cells)
      if (end === NEEDS_MORE && text.length - start <= MAX_ROW_LENGTH) return null
      if (end < 0 || end - start > MAX_ROW_LENGTH) {
        return this.#brokenRow(text, start, line, end === BROKEN ? this.#broken : 'tooLong')
      }
      if (cells.length > MAX_COLUMNS) {
        throw new StatementRefused(
          'tooManyColumns',
          `Line ${line} has more than ${MAX_COLUMNS} columns: is the delimiter right?`
        )
      }
      if (text.charCodeAt(end) === this.#delimiter) {
        at = end + 1
        continue
      }
      const next = terminatorEnd(text, end, final)
      if (next === NEEDS_MORE) return null
      this.#position = next
      this.#line++
      return { line, cells, raw: text.slice(start, end), broken: null }
    }
  }

  /** Reads one cell; answers where its delimiter or terminator is. */
  #unquoted(text: string, from: number, final: boolean, cells: string[]): number {
    const delimiter = this.#delimiter
    const isFormula = text.charCodeAt(from) === EQUALS
    let at = isFormula ? excelTextEnd(text, from, { delimiter, final }) : from
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === delimiter || code === LF || code === CR) break
      at++
    }
    if (at - from > MAX_FIELD_LENGTH) return this.#break('tooLong')
    if (at === text.length && !final) return NEEDS_MORE
    cells.push(isFormula ? withoutExcelText(text.slice(from, at)) : text.slice(from, at))
    return at
  }

  #quoted(text: string, from: number, final: boolean, cells: string[]): number {
    let lineEnd = Infinity
    let doubled = false
    let stray = false
    let at = from + 1
    for (;;) {
      const quote = text.indexOf(this.#quoteText, at)
      if (quote === -1) {
        const waits = !final && text.length - from <= MAX_FIELD_LENGTH && lineEnd === Infinity
        return waits ? NEEDS_MORE : this.#break('unterminatedQuote')
      }
      const tooFar = quote - from > MAX_FIELD_LENGTH || quote > lineEnd
      if (tooFar) return this.#break('unterminatedQuote')
      if (quote + 1 === text.length && !final) return NEEDS_MORE
      const next = text.charCodeAt(quote + 1)
      if (next === this.#quote) {
        doubled = true
        at = quote + 2
      } else if (next === this.#delimiter || next === LF || next === CR || Number.isNaN(next)) {
        let inner = text.slice(from + 1, quote)
        if (doubled) inner = withoutExcelText(inner.replaceAll(this.#twoQuotes, this.#quoteText))
        cells.push(inner)
        this.#line += lineBreaks(inner)
        return quote + 1
      } else {
        if (!stray) lineEnd = lineEndAfter(text, from)
        if (quote > lineEnd) return this.#break('unterminatedQuote')
        stray = true
        at = quote + 1
      }
    }
  }

  #break(reason: BrokenRow): number {
    this.#broken = reason
    return BROKEN
  }

  #brokenRow(text: string, start: number, line: number, broken: BrokenRow): CsvRow {
    this.#line = line
    this.#position = Math.min(lineEndAfter(text, start), text.length)
    this.#skipsToLineEnd = true
    const raw = text.slice(start, Math.min(this.#position, start + MAX_ROW_LENGTH))
    return { line, cells: [], raw, broken }
  }

  /** Moves behind the next terminator; false when the rest of the text has none. */
  #skipLine(text: string, final: boolean): boolean {
    const end = lineEndAfter(text, this.#position)
    const next = end === Infinity ? text.length : terminatorEnd(text, end, final)
    if (next === NEEDS_MORE) return false
    this.#position = next
    if (end === Infinity && !final) return false
    this.#line++
    this.#skipsToLineEnd = false
    this.#skipLines = Math.max(0, this.#skipLines - 1)
    return true
  }
}
