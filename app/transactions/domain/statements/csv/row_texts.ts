import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import type { Others } from '#transactions/domain/statements/csv/guessed_columns'

const ACCOUNT_NUMBER = /^\s*(?:[A-Z]{2}\d{2}[A-Z\d ]{8,34}|[\d\s/.-]{6,})\s*$/

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
    const cell = cellOf(cells, this.#columns.description)
    const { description: others } = this.#others
    return others === undefined || isFilled(cell) ? cell : firstOf(cells, others, isFilled)
  }
}

/** Whether the cell names somebody; some banks put the number of an account there. */
export function isName(cell: string): boolean {
  return isFilled(cell) && !ACCOUNT_NUMBER.test(cell)
}

export function cellOf(cells: string[], column: number | undefined): string {
  return column === undefined ? '' : (cells[column] ?? '')
}

function isFilled(cell: string): boolean {
  return cell.trim() !== ''
}

function firstOf(
  cells: string[],
  columns: readonly number[],
  accepts: (cell: string) => boolean
): string {
  const column = columns.find((each) => accepts(cellOf(cells, each)))
  return cellOf(cells, column)
}
