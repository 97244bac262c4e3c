import { isCurrency } from '#core/money/currency'
import { requireEssentials, type CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import { columnsByBank } from '#transactions/domain/statements/csv/known_shapes'
import { headerRank } from '#transactions/domain/statements/csv/header_names'
import { columnsByShape, directionColumn } from '#transactions/domain/statements/csv/shaped_columns'
import { bookingOf } from '#transactions/domain/statements/csv/status'
import { looksLikeDate } from '#transactions/domain/statements/dates'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'

type Rows = readonly string[][]

/** In front or behind; not the dash that stands for no cents (`12,-`). */
const SIGN = /^[^\d]*[-−–(]|\d\s*[-−–]\s*$/

/** The least that a column found by what its cells look like can be trusted. */
const BY_SHAPE = 0.6

/** Fields whose text may stand in other columns where a row leaves the first one empty. */
export type Others = Partial<Record<'payee' | 'description', number[]>>

/**
 * The columns that header names and cells suggest: every header serves one
 * field; cells must look like what they are said to be, and only rows that are
 * the same may share an id. `amount` is preferred over `debit` and `credit`
 * unless it is mostly empty. What no header names is sought by what the cells
 * look like. The confidence is that of the weakest of day and amount. Throws
 * `StatementRefused` without them.
 *
 * Texts go by headers alone: they are what a row is recognised by, so the next
 * file of the same bank must have them in the same columns, whatever its rows.
 */
export function guessColumns(
  headers: readonly string[],
  rows: Rows
): { columns: CsvColumns; others: Others; confidence: number } {
  const known = headers.length === 0 ? columnsByBank(rows) : null
  if (known) return { columns: known, others: {}, confidence: 1 }

  const { columns, ranks } = columnsByName(headers, rows)
  const isNamed = hasEssentials(columns)
  if (!isNamed) Object.assign(columns, columnsByShape(rows, columns))
  requireEssentials(columns, headers)
  settle(columns, headers, rows)

  const others = {
    payee: otherColumns('payee', headers, columns),
    description: otherColumns('description', headers, columns),
  }
  const weakest = Math.max(
    ranks.get('bookedOn') ?? 0,
    ranks.get('amount') ?? ranks.get('debit') ?? 0
  )
  const confidence = isNamed ? Math.max(BY_SHAPE, 1 - weakest / 200) : BY_SHAPE
  return { columns, others, confidence }
}

function otherColumns(
  field: 'payee' | 'description',
  headers: readonly string[],
  columns: CsvColumns
): number[] {
  const taken = new Set(Object.values(columns))
  return ranked(field, headers).filter((column) => !taken.has(column))
}

/** The columns whose headers name the field, the best one first. */
function ranked(field: RowField, headers: readonly string[]): number[] {
  return headers
    .map((header, column) => ({ column, rank: headerRank(header, field) ?? Infinity }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column)
}

function hasEssentials({ bookedOn, amount, debit, credit }: CsvColumns): boolean {
  const hasAmount = amount !== undefined || (debit !== undefined && credit !== undefined)
  return bookedOn !== undefined && hasAmount
}

function columnsByName(headers: readonly string[], rows: Rows) {
  const columns: CsvColumns = {}
  const taken = new Set<number>()
  const ranks = new Map<RowField, number>()
  for (const field of ROW_FIELDS) {
    const best = ranked(field, headers).find(
      (column) => !taken.has(column) && fits(field, column, rows)
    )
    if (best === undefined) continue
    columns[field] = best
    taken.add(best)
    ranks.set(field, headerRank(headers[best], field)!)
  }
  return { columns, ranks }
}

/** Drops what other columns make superfluous, and finds texts a place. */
function settle(columns: CsvColumns, headers: readonly string[], rows: Rows): void {
  const { amount, debit, credit } = columns
  if (amount !== undefined) {
    const hasSides = debit !== undefined && credit !== undefined
    if (hasSides && filled(amount, rows) < rows.length / 2) delete columns.amount
    else {
      delete columns.debit
      delete columns.credit
    }
  }
  settleDirection(columns, rows)
  if (!hasExtraFee(columns, headers)) delete columns.fee
  if (
    columns.payee === undefined &&
    columns.description === undefined &&
    columns.notes !== undefined
  ) {
    columns.description = columns.notes
    delete columns.notes
  }
}

/** Words say the sign where the amounts don't, under whatever header they stand. */
function settleDirection(columns: CsvColumns, rows: Rows): void {
  const { amount, direction } = columns
  const isSigned = rows.some((row) => SIGN.test(row[amount ?? -1] ?? ''))
  if (amount === undefined || isSigned) delete columns.direction
  else if (direction === undefined) {
    const found = directionColumn([...(rows[0]?.keys() ?? [])], rows)
    if (found !== undefined) columns.direction = found
  }
}

/** A fee comes on top where a bank tells state and balance beside it, as Revolut does. */
function hasExtraFee({ amount, status }: CsvColumns, headers: readonly string[]): boolean {
  if (amount === undefined || status === undefined) return false
  const isGross = !/^(?:net|total)/i.test(headers[amount] ?? '')
  return isGross && headers.some((header) => /^(?:balance|saldo|solde)$/i.test(header))
}

function fits(field: RowField, column: number, rows: Rows): boolean {
  if (field === 'id') return identifies(column, rows)
  const test = SHAPES[field]
  const cells = cellsOf(column, rows)
  if (!test || cells.length === 0) return true
  return cells.filter((cell) => test(cell)).length >= cells.length / 2
}

/** A reference that different rows share is no id: it would make duplicates of real rows. */
function identifies(column: number, rows: Rows): boolean {
  const seen = new Map<string, string>()
  return rows.every((row) => {
    const id = row[column]?.trim() ?? ''
    const text = row.join('\0')
    if (id === '') return true
    if (!seen.has(id)) seen.set(id, text)
    return seen.get(id) === text
  })
}

function cellsOf(column: number, rows: Rows): string[] {
  return rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
}

function filled(column: number, rows: Rows): number {
  return cellsOf(column, rows).length
}

const looksLikeAmount = (cell: string) => /^[^\d]{0,6}[.,]?\d[\d.,'’\s]*\D{0,6}$/u.test(cell)

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
