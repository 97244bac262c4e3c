import type { CsvColumns, NamedColumns } from '#transactions/domain/statements/csv/columns'
import type { RowField } from '#transactions/domain/statements/fields'

/** What may have been found by what its cells look like, where no header named it. */
const SHAPED: readonly RowField[] = [
  'bookedOn',
  'amount',
  'debit',
  'credit',
  'currency',
  'direction',
]

/** Whether the column under this header was the field's; notes may have become the description. */
export function hadColumn(before: NamedColumns, field: RowField, header: string): boolean {
  return before[field] === header || (field === 'notes' && before.description === header)
}

/** The columns of fields that no header names, beside those that are found by name. */
export function shapedBefore(
  before: NamedColumns,
  headers: readonly string[],
  named: CsvColumns
): CsvColumns {
  const missing = SHAPED.filter((field) => before[field] && named[field] === undefined)
  const found = missing.map((field) => [field, headers.indexOf(before[field]!)] as const)
  return Object.fromEntries(found.filter(([, column]) => column >= 0))
}
