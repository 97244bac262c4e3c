import { CSV_HEADERS } from '#transactions/domain/exports/csv_export'
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

/** What exports had before each row told which transaction it is. */
const OLD_HEADERS = CSV_HEADERS.slice(0, -1)

/** Whether a file with these headers was exported by Finora. */
export function isOwnExport(headers: readonly string[] | null): boolean {
  const joined = headers?.join()
  return joined === CSV_HEADERS.join() || joined === OLD_HEADERS.join()
}

/** Where the ids of transactions stand in such a file; null in older ones. */
export function ownIdColumn(headers: readonly string[] | null): number | null {
  return headers?.join() === CSV_HEADERS.join() ? CSV_HEADERS.length - 1 : null
}

/** What a person says of a file with these headers, and what goes without saying. */
export function completed(mapping: Mapping, headers: readonly string[] | null): Mapping {
  if (!isOwnExport(headers)) return mapping
  const { decimal, dateFormat } = OWN_MAPPING
  return mapsColumns(mapping) ? { decimal, dateFormat, ...mapping } : { ...OWN_MAPPING, ...mapping }
}
