import { isCurrency } from '#core/money/currency'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import { bookingOf } from '#transactions/domain/statements/csv/status'
import { looksLikeDate } from '#transactions/domain/statements/dates'
import type { RowField } from '#transactions/domain/statements/fields'

type Rows = readonly string[][]

/** Whether at least half of the cells look like what the field holds. */
export function fits(field: RowField, column: number, rows: Rows): boolean {
  const test = SHAPES[field]
  const cells = cellsOf(column, rows)
  if (!test || cells.length === 0) return true
  return cells.filter((cell) => test(cell)).length >= cells.length / 2
}

/** What is filled of a column. */
export function cellsOf(column: number, rows: Rows): string[] {
  return rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
}

export function filled(column: number, rows: Rows): number {
  return cellsOf(column, rows).length
}

const looksLikeAmount = (cell: string) => /^[^\d]{0,6}[.,]?\d[\d.,:'’\s]*\D{0,6}$/u.test(cell)

const SHAPES: Partial<Record<RowField, (cell: string) => boolean>> = {
  bookedOn: looksLikeDate,
  amount: looksLikeAmount,
  debit: looksLikeAmount,
  credit: looksLikeAmount,
  fee: looksLikeAmount,
  direction: (cell) => directionOf(cell) !== undefined,
  status: (cell) => bookingOf(cell) !== undefined,
  currency: (cell) => isCurrency(cell.toUpperCase()),
}
