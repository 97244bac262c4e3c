import { isBalanceRow } from '#transactions/domain/statements/csv/balance_row'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { RowMoney } from '#transactions/domain/statements/csv/row_money'
import { RowIds } from '#transactions/domain/statements/csv/row_ids'
import { RowTexts, cellOf } from '#transactions/domain/statements/csv/row_texts'
import { bookingOf } from '#transactions/domain/statements/csv/status'
import type { CsvRow } from '#transactions/domain/statements/csv/csv_row'
import { splitsOf } from '#transactions/domain/exports/exported_splits'
import { restored } from '#transactions/domain/exports/exported_text'
import { isOwnFile, splitsColumn } from '#transactions/domain/exports/own_export'
import { isRejectedRows } from '#transactions/domain/exports/rejected_columns'
import { readDate } from '#transactions/domain/statements/dates'
import type { RowField } from '#transactions/domain/statements/fields'
import { rowOf, type Draft, type ReadRow } from '#transactions/domain/statements/read_row'
import { Rejection, type RejectionReason } from '#transactions/domain/statements/rejection'
import {
  lineOf,
  overlongField,
  paragraphOf,
  payeeOf,
  tagsOf,
} from '#transactions/domain/statements/texts'

/** What a transaction has something in, and a sum has not. */
const TEXTS: readonly RowField[] = ['id', 'payee', 'payer', 'description', 'notes']

/**
 * Reads rows of one layout into drafts, in the account's currency where the
 * file names none. A row that is shorter than the others must have every column
 * that is read, and is rejected where the file may be cut.
 */
export class RowReader {
  readonly #layout: CsvLayout
  readonly #columns: CsvColumns
  readonly #ids: RowIds
  readonly #texts: RowTexts
  readonly #money: RowMoney
  readonly #isOwn: boolean
  readonly #isNeutralized: boolean
  readonly #holdsRejected: boolean
  readonly #splitsColumn: number | undefined
  readonly #least: number
  #lastDay = { text: '', day: '' }

  constructor(layout: CsvLayout, currencyCode: string) {
    this.#layout = layout
    this.#columns = layout.columns
    this.#ids = new RowIds(layout.ids, layout.headers)
    this.#texts = new RowTexts(layout.columns, layout.others)
    this.#money = new RowMoney(layout, currencyCode)
    this.#isOwn = isOwnFile(layout.headers)
    this.#isNeutralized = this.#isOwn || layout.lead > 0
    this.#holdsRejected = layout.lead > 0 || isRejectedRows(layout.headers)
    this.#splitsColumn = splitsColumn(layout.headers)
    this.#least = Math.min(layout.cells.least, Math.max(...Object.values(layout.columns)) + 1)
  }

  /** `number` counts the rows of the file, from 1. Never throws on what a row holds. */
  read(row: CsvRow, number: number, { mayBeCut = false } = {}): ReadRow {
    const least = mayBeCut ? this.#layout.cells.least : this.#least
    const read = row.broken
      ? new Rejection(null, row.broken)
      : row.cells.length - this.#layout.lead < least
        ? new Rejection(null, 'tooFewCells')
        : this.#draft(this.#ofBank(row))
    return rowOf(number, read, row.raw)
  }

  /**
   * Whether a rejected row is none: a remark of the bank's or a sum, which have
   * words in place of the day and nothing else to say, or the header once more. What
   * was rejected before is none.
   */
  isRemark({ cells, broken }: CsvRow, { mayBeCut = false } = {}): boolean {
    if (broken || this.#holdsRejected) return false
    const column = this.#columns.bookedOn!
    const day = this.#cell(cells, 'bookedOn').trim()
    if (cells.length < this.#layout.cells.least) {
      const isBehindWords = isWord(cells[0]) && column < cells.length - 1
      if (!mayBeCut && isWord(cells[0]) && isBlank(cells.slice(1))) return true
      return isWord(day) || (isBehindWords && readDate(day, this.#layout.dateOrder) === null)
    }
    if (!isWord(day)) return false
    return (
      day === this.#layout.headers?.[column] ||
      TEXTS.every((field) => !this.#cell(cells, field).trim())
    )
  }

  /** As they were before Finora led them, or kept spreadsheets from evaluating them. */
  #ofBank({ cells }: CsvRow) {
    return this.#isNeutralized ? cells.slice(this.#layout.lead).map(restored) : cells
  }

  #draft(cells: string[]): Draft | Rejection {
    const { most } = this.#layout.cells
    if (cells.length > most && overflows(cells, most)) return new Rejection(null, 'tooManyCells')
    if (this.#columns.status !== undefined && isUnbooked(this.#cell(cells, 'status'))) {
      return new Rejection('status', 'notBooked')
    }
    const written = this.#cell(cells, 'bookedOn').trim()
    const day = this.#day(written)
    if (!day) return new Rejection('bookedOn', dayProblem(written))

    const money = this.#money.of(cells)
    if (money instanceof Rejection) return money

    const description = paragraphOf(this.#texts.description(cells))
    const payee = this.#columns.payee === undefined ? undefined : this.#cell(cells, 'payee')
    if (!this.#isOwn && isBalanceRow(payee, description))
      return new Rejection(null, 'noTransaction')
    const draft: Draft = {
      ...this.#ids.of(cells),
      bookedOn: day,
      accountName: lineOf(this.#cell(cells, 'account')) || null,
      payee: payeeOf(this.#texts.payee(cells, money.amount), description),
      description,
      notes: paragraphOf(this.#cell(cells, 'notes')),
      categoryName: lineOf(this.#cell(cells, 'category')) || null,
      amountMinor: money.amount,
      currency: money.currency.code,
      tags: tagsOf(this.#cell(cells, 'tags')),
    }
    const parts = cellOf(cells, this.#splitsColumn)
    if (parts !== '') draft.splits = splitsOf(parts, money.amount, money.currency)
    const tooLong = overlongField(draft)
    return tooLong ? new Rejection(tooLong, 'tooLong') : draft
  }

  #cell(cells: string[], field: RowField): string {
    return cellOf(cells, this.#columns[field])
  }

  /** Statements are sorted: most rows have the day of the row before. */
  #day(text: string): string | null {
    if (text === '' || text === this.#lastDay.text) return text && this.#lastDay.day
    const day = readDate(text, this.#layout.dateOrder)
    if (day !== null) this.#lastDay = { text, day }
    return day
  }
}

function isUnbooked(status: string): boolean {
  return bookingOf(status) === false
}

function isBlank(cells: string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

function isWord(text: string): boolean {
  return /^\s*[^\d\s]/.test(text)
}

/** Some banks write that a row is pending where its day will stand. */
function dayProblem(text: string): RejectionReason {
  if (text === '') return 'missing'
  return isUnbooked(text) ? 'notBooked' : 'unreadable'
}

function overflows(cells: string[], most: number): boolean {
  return !isBlank(cells.slice(most))
}
