import { cellsOf, filled, fits } from '#transactions/domain/statements/csv/column_shapes'
import {
  requireEssentials,
  type CsvColumns,
  type NamedColumns,
} from '#transactions/domain/statements/csv/columns'
import { hadColumn, shapedBefore } from '#transactions/domain/statements/csv/columns_before'
import { directionBeside } from '#transactions/domain/statements/csv/direction_column'
import { columnsByBank } from '#transactions/domain/statements/csv/known_shapes'
import { headerCurrency, headerRank } from '#transactions/domain/statements/csv/header_names'
import { holdsWords } from '#transactions/domain/statements/csv/row_texts'
import { columnsByShape } from '#transactions/domain/statements/csv/shaped_columns'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'

type Rows = readonly string[][]

const MONEY = new Set<RowField>(['amount', 'debit', 'credit'])

/** The least that a column found by what its cells look like can be trusted. */
const BY_SHAPE = 0.6

/**
 * Fields whose text may stand in other columns where a row leaves the first one
 * empty; or, where no header names a text, the columns whose words are one.
 */
export type Others = Partial<Record<'payee' | 'description' | 'unnamed', number[]>>

/**
 * The columns that header names and cells suggest: every header serves one
 * field, and cells must look like what they are said to be. `amount` is preferred over `debit` and `credit`
 * unless it is mostly empty. What no header names is sought by what the cells
 * look like. The confidence is that of the weakest of day and amount. Throws
 * `StatementRefused` without them.
 *
 * Texts go by headers alone, and without such by all that is left: they are what
 * a row is recognised by, so the next file of the same bank must have them in the
 * same columns, whatever its rows.
 */
export function guessColumns(
  headers: readonly string[],
  rows: Rows,
  currency: string,
  before?: NamedColumns
): { columns: CsvColumns; others: Others; confidence: number } {
  const known = headers.length === 0 ? columnsByBank(rows) : null
  if (known) return { ...known, confidence: 1 }

  const accepts = before
    ? (field: RowField, column: number) => hadColumn(before, field, headers[column])
    : (field: RowField, column: number) => fits(field, column, rows)
  const { columns, ranks } = columnsByName(headers, rows, currency, accepts)
  if (before) Object.assign(columns, shapedBefore(before, headers, columns))
  const isNamed = hasEssentials(columns)
  if (!isNamed) Object.assign(columns, columnsByShape(rows, columns, headers))
  requireEssentials(columns, headers)
  settle(columns, headers, rows)
  if (isOfOtherAmounts(columns, headers, currency)) delete columns.currency

  const others: Others = {
    payee: otherColumns('payee', headers, columns),
    description: otherColumns('description', headers, columns),
  }
  if (columns.payee === undefined && columns.description === undefined) {
    others.unnamed = unnamedColumns(columns, rows)
    const first = others.unnamed.find((column) => cellsOf(column, rows).some(holdsWords))
    if (first !== undefined) columns.description = first
  }
  const weakest = Math.max(
    ranks.get('bookedOn') ?? 0,
    ranks.get('amount') ?? ranks.get('debit') ?? 0
  )
  const confidence = isNamed ? Math.max(BY_SHAPE, 1 - weakest / 200) : BY_SHAPE
  return { columns, others, confidence }
}

function unnamedColumns(columns: CsvColumns, rows: Rows): number[] {
  const taken = new Set(Object.values(columns))
  return [...(rows[0]?.keys() ?? [])].filter((column) => !taken.has(column))
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

function columnsByName(
  headers: readonly string[],
  rows: Rows,
  currency: string,
  accepts: (field: RowField, column: number) => boolean
) {
  const columns: CsvColumns = {}
  const taken = new Set<number>()
  const ranks = new Map<RowField, number>()
  for (const field of ROW_FIELDS) {
    const found = ranked(field, headers).filter(
      (column) => !taken.has(column) && accepts(field, column)
    )
    const [best] = MONEY.has(field) ? inCurrency(found, { currency, headers, rows }) : found
    if (best === undefined) continue
    columns[field] = best
    taken.add(best)
    ranks.set(field, headerRank(headers[best], field)!)
  }
  return { columns, ranks }
}

/** Columns of the account's currency first, then those that name none, the filled before the empty. */
function inCurrency(
  columns: readonly number[],
  { currency, headers, rows }: { currency: string; headers: readonly string[]; rows: Rows }
): number[] {
  const place = (column: number) => {
    const named = headerCurrency(headers[column])
    const foreign = named === undefined || named === currency ? 0 : 4
    return foreign + (filled(column, rows) ? 0 : 2) + (named === undefined ? 1 : 0)
  }
  return columns.toSorted((a, b) => place(a) - place(b))
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
  const direction = directionBeside(columns, headers, rows)
  if (direction === undefined) delete columns.direction
  else columns.direction = direction
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

/**
 * A fee comes on top where a bank tells state and balance beside it, as Revolut
 * does, or says that amounts are what fees have left, as Wise does.
 */
function hasExtraFee({ amount, status }: CsvColumns, headers: readonly string[]): boolean {
  if (amount === undefined || status === undefined) return false
  if (/\(after fees\)/i.test(headers[amount] ?? '')) return true
  const isGross = !/^(?:net|total)/i.test(headers[amount] ?? '')
  return isGross && headers.some((header) => /^(?:balance|saldo|solde)$/i.test(header))
}

/** Beside amounts whose header names the account's currency, codes are those of other amounts. */
function isOfOtherAmounts(
  { amount }: CsvColumns,
  headers: readonly string[],
  currency: string
): boolean {
  if (amount === undefined || headerCurrency(headers[amount] ?? '') !== currency) return false
  return ranked('amount', headers).length > 1
}
