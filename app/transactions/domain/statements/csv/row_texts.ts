import { isCurrency } from '#core/money/currency'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import type { Others } from '#transactions/domain/statements/csv/guessed_columns'
import { isMoney } from '#transactions/domain/statements/csv/money_columns'
import { bookingOf } from '#transactions/domain/statements/csv/status'
import { looksLikeDate } from '#transactions/domain/statements/dates'
import { LONGEST_TEXT, cut } from '#transactions/domain/statements/texts'

/** In UTF-16 units; longer text is not matched, which would take the square of its length. */
const LONGEST_NUMBER = 64
const ACCOUNT_NUMBER = /^(?:[A-Z]{2}\d{2}[A-Z\d ]{8,34}|[\d\s/.-]{6,})$/

/** Whom a row was with and what it was for, from the columns that may say so. */
export class RowTexts {
  readonly #columns: CsvColumns
  readonly #others: Others

  constructor(columns: CsvColumns, others: Others) {
    this.#columns = columns
    this.#others = others
  }

  /** Banks that keep both parties apart name the account's owner as one of them. */
  payee(cells: string[], amount: number): string {
    const { payee: others } = this.#others
    const payer = amount > 0 ? cellOf(cells, this.#columns.payer) : ''
    if (others === undefined) return payer || cellOf(cells, this.#columns.payee)
    if (isName(payer)) return payer
    const payee = cellOf(cells, this.#columns.payee)
    return isName(payee) ? payee : firstOf(cells, others, isName)
  }

  description(cells: string[]): string {
    const { description: others, unnamed } = this.#others
    if (unnamed) return wordsOf(cells, unnamed)
    const cell = cellOf(cells, this.#columns.description)
    return others === undefined || isFilled(cell) ? cell : firstOf(cells, others, isFilled)
  }
}

/** Whether the cell names somebody; some banks put the number of an account there. */
export function isName(cell: string): boolean {
  const text = cell.trim()
  return text !== '' && (text.length > LONGEST_NUMBER || !ACCOUNT_NUMBER.test(text))
}

/**
 * Whether the cell holds words, and none that only say the day, the currency, the
 * direction or the state of a row. It is asked of every cell alone: were it asked
 * of columns, what a row says would change with the rows around it.
 */
export function holdsWords(cell: string): boolean {
  const text = cell.trim()
  return (
    isName(text) &&
    /\p{L}/u.test(text) &&
    !isMoney(text) &&
    !looksLikeDate(text) &&
    !isCurrency(text) &&
    directionOf(text) === undefined &&
    bookingOf(text) === undefined
  )
}

export function cellOf(cells: string[], column: number | undefined): string {
  return column === undefined ? '' : (cells[column] ?? '')
}

function isFilled(cell: string): boolean {
  return cell.trim() !== ''
}

function wordsOf(cells: string[], columns: readonly number[]): string {
  const words = columns.map((column) => cellOf(cells, column).trim()).filter(holdsWords)
  return cut(words.join(' '), LONGEST_TEXT.description)
}

function firstOf(
  cells: string[],
  columns: readonly number[],
  accepts: (cell: string) => boolean
): string {
  const column = columns.find((each) => accepts(cellOf(cells, each)))
  return cellOf(cells, column)
}
