import { CSV_HEADERS } from '#transactions/domain/exports/csv_export'
import { isRejectedRows, REJECTED_MAPPING } from '#transactions/domain/exports/rejected_columns'
import { mapsColumns } from '#transactions/domain/statements/csv/columns'
import type { Mapping } from '#transactions/domain/statements/mapping'

/** What a CSV of Finora's own leaves no doubt about. */
const OWN_MAPPING: Mapping = {
  id: 'id',
  bookedOn: 'date',
  account: 'account',
  payee: 'payee',
  description: 'description',
  notes: 'notes',
  category: 'category',
  amount: 'amount',
  currency: 'currency',
  tags: 'tags',
  decimal: '.',
  dateFormat: 'YYYY-MM-DD',
}

/** Whether a file with these headers was written by Finora. */
export function isOwnFile(headers: readonly string[] | null): boolean {
  return ownMapping(headers) !== null
}

/** The column that holds the parts of split transactions, of a file Finora exported. */
export function splitsColumn(headers: readonly string[] | null): number | undefined {
  return headers?.join() === CSV_HEADERS.join() ? CSV_HEADERS.indexOf('splits') : undefined
}

/** What a person says of a file with these headers, and what goes without saying. */
export function completed(mapping: Mapping, headers: readonly string[] | null): Mapping {
  const own = ownMapping(headers)
  if (own === null) return mapping
  const { decimal, dateFormat } = own
  return mapsColumns(mapping) ? { decimal, dateFormat, ...mapping } : { ...own, ...mapping }
}

function ownMapping(headers: readonly string[] | null): Mapping | null {
  if (headers?.join() === CSV_HEADERS.join()) return OWN_MAPPING
  return isRejectedRows(headers) ? REJECTED_MAPPING : null
}
