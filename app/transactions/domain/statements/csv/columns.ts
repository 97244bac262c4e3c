import { normalizeHeader } from '#transactions/domain/statements/csv/header_names'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** Field → index of its column. */
export type CsvColumns = Partial<Record<RowField, number>>

/** Field → header, or `#3` where the third column has none. */
export type NamedColumns = Partial<Record<RowField, string>>

/** Whether the mapping names any column; without one the columns are guessed. */
export function mapsColumns(mapping: Mapping): boolean {
  return ROW_FIELDS.some((field) => mapping[field] !== undefined)
}

/**
 * The columns a mapping names, and no others. Throws `StatementRefused` with field
 * and header when one is not in the file or is there twice, and when day or
 * amount are not mapped.
 */
export function mappedColumns(mapping: Mapping, headers: readonly string[]): CsvColumns {
  const columns: CsvColumns = {}
  for (const field of ROW_FIELDS) {
    const header = mapping[field]
    if (header !== undefined) columns[field] = columnOf(header, field, headers)
  }
  requireEssentials(columns, headers)
  return columns
}

/** Throws `StatementRefused` unless there are a day and an amount, or both of debit and credit. */
export function requireEssentials(columns: CsvColumns, headers: readonly string[]): void {
  const missing = []
  if (columns.bookedOn === undefined) missing.push('bookedOn')
  if (columns.amount === undefined) {
    if (columns.debit === undefined && columns.credit === undefined) missing.push('amount')
    else if (columns.debit === undefined) missing.push('debit')
    else if (columns.credit === undefined) missing.push('credit')
  }
  if (missing.length === 0) return
  throw new StatementRefused(
    'missingField',
    `No column for ${missing.join(' and ')}; map one of ${listed(headers)}`
  )
}

function columnOf(header: string, field: RowField, headers: readonly string[]): number {
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
  throw new StatementRefused(
    'unknownHeader',
    `The mapping of "${field}" asks for ${JSON.stringify(header.slice(0, 100))}, but the file has ` +
      `${problem} so; it has ${listed(headers)}, and "#1" means the first column`
  )
}

function indexesOf(headers: readonly string[], accepts: (name: string) => boolean): number[] {
  return headers.map((name, index) => (accepts(name) ? index : -1)).filter((index) => index >= 0)
}

function listed(headers: readonly string[]): string {
  const shown = headers.slice(0, 30).map((header) => JSON.stringify(header.slice(0, 60)))
  return headers.length > 30 ? `${shown.join(', ')}…` : shown.join(', ')
}
