import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import {
  readAmount,
  readDebitCredit,
  type AmountProblem,
} from '#transactions/domain/statements/amounts'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { RowTexts, cellOf } from '#transactions/domain/statements/csv/row_texts'
import { bookingOf } from '#transactions/domain/statements/csv/status'
import type { CsvRow } from '#transactions/domain/statements/csv/csv_row'
import { splitsOf } from '#transactions/domain/exports/exported_splits'
import { restored } from '#transactions/domain/exports/exported_text'
import { isOwnFile, splitsColumn } from '#transactions/domain/exports/own_export'
import { isReference } from '#transactions/domain/statements/draft'
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
 * file names none. A row shorter than the others is rejected, since a cut file
 * ends in one.
 */
export class RowReader {
  readonly #layout: CsvLayout
  readonly #columns: CsvColumns
  readonly #texts: RowTexts
  readonly #currency: Currency
  readonly #sign: 1 | -1
  readonly #isOwn: boolean
  readonly #splitsColumn: number | undefined
  #lastDay = { text: '', day: '' }

  constructor(layout: CsvLayout, currencyCode: string) {
    this.#layout = layout
    this.#columns = layout.columns
    this.#texts = new RowTexts(layout.columns, layout.others)
    this.#currency = currencyOf(currencyCode)
    this.#sign = layout.positive === 'expense' ? -1 : 1
    this.#isOwn = isOwnFile(layout.headers)
    this.#splitsColumn = splitsColumn(layout.headers)
  }

  /** `number` counts the rows of the file, from 1. Never throws on what a row holds. */
  read(row: CsvRow, number: number): ReadRow {
    const read = row.broken ? new Rejection(null, row.broken) : this.#draft(this.#restored(row))
    return rowOf(number, read, row.raw)
  }

  /**
   * Whether a rejected row is none: a remark of the bank's or a sum, which have
   * words in place of the day and nothing else to say, or the header once more.
   */
  isRemark({ cells, broken }: CsvRow): boolean {
    if (broken) return false
    const column = this.#columns.bookedOn!
    const day = this.#cell(cells, 'bookedOn').trim()
    if (cells.length < this.#layout.cells.least) {
      const isBehindWords = isWord(cells[0]) && column < cells.length - 1
      return isWord(day) || (isBehindWords && readDate(day, this.#layout.dateOrder) === null)
    }
    if (!isWord(day)) return false
    return (
      day === this.#layout.headers?.[column] ||
      TEXTS.every((field) => !this.#cell(cells, field).trim())
    )
  }

  /** As they were before an export of Finora's own kept spreadsheets from evaluating them. */
  #restored({ cells }: CsvRow) {
    return this.#isOwn ? cells.map(restored) : cells
  }

  /** Exports of Finora's own have an id in every row, however little it looks like one. */
  #reference(cells: string[]) {
    const id = lineOf(this.#cell(cells, 'id'))
    if (this.#isOwn) return id || null
    return isReference(id) ? id : null
  }

  #draft(cells: string[]): Draft | Rejection {
    const { least, most } = this.#layout.cells
    if (cells.length < least) return new Rejection(null, 'tooFewCells')
    if (cells.length > most && overflows(cells, most)) return new Rejection(null, 'tooManyCells')
    if (this.#columns.status !== undefined && isUnbooked(this.#cell(cells, 'status'))) {
      return new Rejection('status', 'notBooked')
    }
    const written = this.#cell(cells, 'bookedOn').trim()
    const day = this.#day(written)
    if (!day) return new Rejection('bookedOn', dayProblem(written))

    const money = this.#money(cells)
    if (money instanceof Rejection) return money

    const description = paragraphOf(this.#texts.description(cells))
    const draft: Draft = {
      externalId: this.#reference(cells),
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

  #money(cells: string[]): { amount: number; currency: Currency } | Rejection {
    const code = this.#cell(cells, 'currency').trim().toUpperCase()
    if (code !== '' && !isCurrency(code)) return new Rejection('currency', 'unknownCurrency')
    const currency = code === '' || code === this.#currency.code ? this.#currency : currencyOf(code)

    const single = this.#columns.amount !== undefined
    const amount = single ? this.#amount(cells, currency) : this.#sides(cells, currency)
    const field = single ? 'amount' : 'debit'
    if (typeof amount === 'string') return new Rejection(field, amount)
    if (amount === 0) return new Rejection(field, 'zero')
    if (this.#columns.direction === undefined) {
      return { amount: this.#sign * amount, currency }
    }

    const direction = directionOf(this.#cell(cells, 'direction'))
    if (direction === undefined) return new Rejection('direction', 'unreadable')
    return { amount: direction * Math.abs(amount), currency }
  }

  #amount(cells: string[], currency: Currency): number | AmountProblem {
    const amount = readAmount(this.#cell(cells, 'amount'), this.#layout.decimal, currency)
    if (this.#columns.fee === undefined || typeof amount === 'string') return amount
    const fee = readAmount(this.#cell(cells, 'fee'), this.#layout.decimal, currency)
    if (fee === 'missing') return amount
    if (typeof fee === 'string') return fee
    const total = amount - this.#sign * Math.abs(fee)
    return Number.isSafeInteger(total) ? total : 'outOfRange'
  }

  #sides(cells: string[], currency: Currency): number | AmountProblem {
    const { decimal } = this.#layout
    return readDebitCredit(
      this.#cell(cells, 'debit'),
      this.#cell(cells, 'credit'),
      decimal,
      currency
    )
  }
}

function isUnbooked(status: string): boolean {
  return bookingOf(status) === false
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
  return cells.slice(most).some((cell) => cell.trim() !== '')
}
