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
  positive: 'income',
}

/** Whether a file with these headers was exported by Finora. */
export function isOwnExport(headers: readonly string[] | null): boolean {
  return headers?.join() === CSV_HEADERS.join()
}

/** What a person says of a file with these headers, and what goes without saying. */
export function completed(mapping: Mapping, headers: readonly string[] | null): Mapping {
  if (!isOwnExport(headers)) return mapping
  const { decimal, dateFormat, positive } = OWN_MAPPING
  return mapsColumns(mapping)
    ? { decimal, dateFormat, positive, ...mapping }
    : { ...OWN_MAPPING, ...mapping }
}
