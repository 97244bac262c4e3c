import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import { readAmount, readDebitCredit, type AmountProblem } from '#transactions/domain/csv/amounts'
import { LONGEST_TEXT, cut, lineOf, paragraphOf, tagsOf } from '#transactions/domain/csv/cell_text'
import { readDate } from '#transactions/domain/csv/dates'
import { directionOf } from '#transactions/domain/csv/direction'
import type { CsvField } from '#transactions/domain/csv/header_names'
import type { CsvLayout } from '#transactions/domain/csv/layout'
import { messageOf, type RejectionReason } from '#transactions/domain/csv/rejection'
import type { CsvRow } from '#transactions/domain/csv/csv_row'
import { restored } from '#transactions/domain/exports/exported_text'
import { isOwnExport } from '#transactions/domain/exports/own_export'

/** A row as a transaction to be: trimmed NFC text, a signed amount in minor units. */
export interface Draft {
  externalId: string | null
  bookedOn: string
  accountName: string | null
  payee: string
  description: string
  notes: string
  categoryName: string | null
  amountMinor: number
  currency: string
  tags: string[]
}

export interface AcceptedRow {
  readonly number: number
  readonly ok: true
  readonly draft: Draft
  readonly raw: string
}

export interface RejectedRow {
  readonly number: number
  readonly ok: false
  /** The field at fault, null when it is the row as a whole. */
  readonly field: CsvField | null
  readonly reason: RejectionReason
  readonly message: string
  readonly raw: string
}

export type ReadRow = AcceptedRow | RejectedRow

/** The payee of a row that says nothing about whom it was with. */
export const UNKNOWN_PAYEE = 'Unknown'

/** Stops the reading of one row; no Error, for a file may be rejected row by row. */
class Rejection {
  constructor(
    readonly field: CsvField | null,
    readonly reason: RejectionReason
  ) {}
}

type Text = keyof typeof LONGEST_TEXT

/**
 * Reads rows of one layout into drafts, in the account's currency where the
 * file names none. A row without payee takes its description (cut to what a
 * payee holds), a row without either is `Unknown`: banks send such rows. A row
 * shorter than the header is rejected, since a cut file ends in one.
 */
export class RowReader {
  readonly #layout: CsvLayout
  readonly #currency: Currency
  readonly #width: number
  readonly #isOwn: boolean
  #lastDay = { text: '', day: '' }

  constructor(layout: CsvLayout, currencyCode: string) {
    this.#layout = layout
    this.#currency = currencyOf(currencyCode)
    this.#width = layout.headers?.length ?? Math.max(...Object.values(layout.columns)) + 1
    this.#isOwn = isOwnExport(layout.headers)
  }

  /** `number` counts the rows of the file, from 1. Never throws on what a row holds. */
  read(row: CsvRow, number: number): ReadRow {
    const draft = row.broken ? new Rejection(null, row.broken) : this.#draft(row.cells)
    if (!(draft instanceof Rejection)) return { number, ok: true, draft, raw: row.raw }

    const { field, reason } = draft
    return { number, ok: false, field, reason, message: messageOf(reason, field), raw: row.raw }
  }

  #draft(cells: string[]): Draft | Rejection {
    if (cells.length < this.#width) return new Rejection(null, 'tooFewCells')
    if (cells.length > this.#width && this.#layout.headers && this.#overflows(cells)) {
      return new Rejection(null, 'tooManyCells')
    }
    const day = this.#day(this.#cell(cells, 'bookedOn').trim())
    if (day === null) return new Rejection('bookedOn', 'unreadable')
    if (day === '') return new Rejection('bookedOn', 'missing')

    const money = this.#money(cells)
    if (money instanceof Rejection) return money

    const description = paragraphOf(this.#cell(cells, 'description'))
    const payee = lineOf(this.#cell(cells, 'payee'))
    const draft: Draft = {
      externalId: lineOf(this.#cell(cells, 'id')) || null,
      bookedOn: day,
      accountName: lineOf(this.#cell(cells, 'account')) || null,
      payee: payee || cut(lineOf(description), LONGEST_TEXT.payee) || UNKNOWN_PAYEE,
      description,
      notes: paragraphOf(this.#cell(cells, 'notes')),
      categoryName: lineOf(this.#cell(cells, 'category')) || null,
      amountMinor: money.amount,
      currency: money.currency.code,
      tags: tagsOf(this.#cell(cells, 'tags')),
    }
    const tooLong = overlong(draft)
    return tooLong ? new Rejection(tooLong, 'tooLong') : draft
  }

  #cell(cells: string[], field: CsvField): string {
    const column = this.#layout.columns[field]
    if (column === undefined) return ''
    return this.#isOwn ? restored(cells[column]) : cells[column]
  }

  #overflows(cells: string[]): boolean {
    return cells.slice(this.#width).some((cell) => cell.trim() !== '')
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

    const single = this.#layout.columns.amount !== undefined
    const amount = single ? this.#amount(cells, currency) : this.#sides(cells, currency)
    const field = single ? 'amount' : 'debit'
    if (typeof amount === 'string') return new Rejection(field, amount)
    if (amount === 0) return new Rejection(field, 'zero')
    if (this.#layout.columns.direction === undefined) return { amount, currency }

    const direction = directionOf(this.#cell(cells, 'direction'))
    if (direction === undefined) return new Rejection('direction', 'unreadable')
    return { amount: direction * Math.abs(amount), currency }
  }

  #amount(cells: string[], currency: Currency): number | AmountProblem {
    return readAmount(this.#cell(cells, 'amount'), this.#layout.decimal, currency)
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

function overlong(draft: Draft): Text | undefined {
  if ((draft.externalId?.length ?? 0) > LONGEST_TEXT.id) return 'id'
  if ((draft.accountName?.length ?? 0) > LONGEST_TEXT.account) return 'account'
  if (draft.payee.length > LONGEST_TEXT.payee) return 'payee'
  if (draft.description.length > LONGEST_TEXT.description) return 'description'
  if (draft.notes.length > LONGEST_TEXT.notes) return 'notes'
  if ((draft.categoryName?.length ?? 0) > LONGEST_TEXT.category) return 'category'
  return draft.tags.join().length > LONGEST_TEXT.tags ? 'tags' : undefined
}
