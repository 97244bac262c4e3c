import { isCurrency } from '#core/money/currency'
import type { DecimalMark } from '#transactions/domain/csv/amounts'
import { CsvRefused } from '#transactions/domain/csv/csv_refused'
import { looksLikeDate } from '#transactions/domain/csv/dates'
import {
  CSV_FIELDS,
  headerRank,
  normalizeHeader,
  type CsvField,
} from '#transactions/domain/csv/header_names'

/**
 * What the importing person says about a file: field → header (or `#3` for the
 * third column), and answers to what the sample leaves open.
 */
export interface CsvMapping extends Partial<Record<CsvField, string>> {
  dateFormat?: string
  decimal?: DecimalMark
  delimiter?: string
  encoding?: string
  /** Accounts and categories the file names are created when they are unknown. */
  createMissing?: boolean
}

/** Field → index of its column. */
export type CsvColumns = Partial<Record<CsvField, number>>

/** Whether the mapping names any column; without one the columns are guessed. */
export function mapsColumns(mapping: CsvMapping): boolean {
  return CSV_FIELDS.some((field) => mapping[field] !== undefined)
}

/**
 * The columns a mapping names, and no others. Throws `CsvRefused` with field
 * and header when one is not in the file or is there twice, and when day or
 * amount are not mapped.
 */
export function mappedColumns(mapping: CsvMapping, headers: readonly string[]): CsvColumns {
  const columns: CsvColumns = {}
  for (const field of CSV_FIELDS) {
    const header = mapping[field]
    if (header !== undefined) columns[field] = columnOf(header, field, headers)
  }
  requireEssentials(columns, headers)
  return columns
}

/**
 * The columns that header names and cells suggest: every header serves one
 * field; dates, amounts and currencies must look like what they are said to
 * be, and only rows that are the same may share an id. `amount` is preferred
 * over `debit` and `credit`. The confidence is that of the weakest of day and
 * amount. Throws `CsvRefused` without them.
 */
export function guessColumns(
  headers: readonly string[],
  rows: readonly string[][]
): { columns: CsvColumns; confidence: number } {
  const columns: CsvColumns = {}
  const taken = new Set<number>()
  const ranks = new Map<CsvField, number>()
  for (const field of CSV_FIELDS) {
    const best = headers
      .map((header, index) => ({ index, rank: headerRank(header, field) }))
      .filter(
        ({ index, rank }) => rank !== undefined && !taken.has(index) && fits(field, index, rows)
      )
      .sort((a, b) => a.rank! - b.rank!)[0]
    if (!best || ((field === 'debit' || field === 'credit') && 'amount' in columns)) continue
    columns[field] = best.index
    taken.add(best.index)
    ranks.set(field, best.rank!)
  }
  requireEssentials(columns, headers)

  const weakest = Math.max(ranks.get('bookedOn')!, ranks.get('amount') ?? ranks.get('debit') ?? 0)
  return { columns, confidence: Math.max(0.6, 1 - weakest / 100) }
}

function columnOf(header: string, field: CsvField, headers: readonly string[]): number {
  const numbered = /^#(\d{1,3})$/.exec(header)
  const wanted = header.trim()
  const matches = numbered
    ? [Number(numbered[1]) - 1].filter((index) => index in headers)
    : indexesOf(headers, (name) => name === wanted)
  const found = matches.length
    ? matches
    : indexesOf(headers, (name) => normalizeHeader(name) === normalizeHeader(wanted))
  if (found.length === 1) return found[0]

  const problem = found.length ? 'more than one column named' : 'no column'
  throw new CsvRefused(
    'unknownHeader',
    `The mapping of "${field}" asks for ${JSON.stringify(header.slice(0, 100))}, but the file has ` +
      `${problem} so; it has ${listed(headers)}, and "#1" means the first column`
  )
}

function indexesOf(headers: readonly string[], accepts: (name: string) => boolean): number[] {
  return headers.map((name, index) => (accepts(name) ? index : -1)).filter((index) => index >= 0)
}

function fits(field: CsvField, column: number, rows: readonly string[][]): boolean {
  if (field === 'id') return identifies(column, rows)
  const test = SHAPES[field]
  const cells = rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  if (!test || cells.length === 0) return true
  return cells.filter((cell) => test(cell)).length >= cells.length / 2
}

/** A reference that different rows share is no id: it would make duplicates of real rows. */
function identifies(column: number, rows: readonly string[][]): boolean {
  const seen = new Map<string, string>()
  return rows.every((row) => {
    const id = row[column]?.trim() ?? ''
    const text = row.join('\0')
    if (id === '') return true
    if (!seen.has(id)) seen.set(id, text)
    return seen.get(id) === text
  })
}

const looksLikeAmount = (cell: string) => /^[^\d]{0,6}[.,]?\d[\d.,'’\s]*\D{0,6}$/u.test(cell)

const SHAPES: Partial<Record<CsvField, (cell: string) => boolean>> = {
  bookedOn: looksLikeDate,
  amount: looksLikeAmount,
  debit: looksLikeAmount,
  credit: looksLikeAmount,
  currency: (cell) => isCurrency(cell.toUpperCase()),
}

function requireEssentials(columns: CsvColumns, headers: readonly string[]): void {
  const missing = []
  if (columns.bookedOn === undefined) missing.push('bookedOn')
  if (columns.amount === undefined) {
    if (columns.debit === undefined && columns.credit === undefined) missing.push('amount')
    else if (columns.debit === undefined) missing.push('debit')
    else if (columns.credit === undefined) missing.push('credit')
  }
  if (missing.length === 0) return
  throw new CsvRefused(
    'missingField',
    `No column for ${missing.join(' and ')}; map one of ${listed(headers)}`
  )
}

function listed(headers: readonly string[]): string {
  const shown = headers.slice(0, 30).map((header) => JSON.stringify(header.slice(0, 60)))
  return headers.length > 30 ? `${shown.join(', ')}…` : shown.join(', ')
}
