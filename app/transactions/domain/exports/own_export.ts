import { CSV_HEADERS } from '#transactions/domain/exports/csv_export'
import { isRejectedRows, REJECTED_MAPPING } from '#transactions/domain/exports/rejected_columns'
import { mapsColumns } from '#transactions/domain/statements/csv/columns'
import { ROW_FIELDS } from '#transactions/domain/statements/fields'
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

const OWN_WORDS = new Set<string>([...CSV_HEADERS, ...ROW_FIELDS])

/** What exports had before each row told which transaction it is. */
const OLD_HEADERS = CSV_HEADERS.slice(0, -1)

/** Whether a file with these headers was written by Finora. */
export function isOwnFile(headers: readonly string[] | null): boolean {
  return ownMapping(headers) !== null
}

/** Whether it holds transactions, and no rejected rows. */
export function isOwnExport(headers: readonly string[] | null): boolean {
  const joined = headers?.join()
  return joined === CSV_HEADERS.join() || joined === OLD_HEADERS.join()
}

/** Where the ids of transactions stand in an export; undefined in older ones. */
export function ownIdColumn(headers: readonly string[] | null): number | undefined {
  return headers?.join() === CSV_HEADERS.join() ? CSV_HEADERS.indexOf('ownId') : undefined
}

/** The column that holds the parts of split transactions, of a file Finora exported. */
export function splitsColumn(headers: readonly string[] | null): number | undefined {
  return isOwnExport(headers) ? CSV_HEADERS.indexOf('splits') : undefined
}

/**
 * Whether every header is one of Finora's own words, such as `bookedOn` or `payee`:
 * whoever wrote the file for Finora wrote amounts as Finora has them.
 */
export function isInOwnWords(headers: readonly string[] | null): boolean {
  return headers !== null && headers.every((header) => OWN_WORDS.has(header))
}

/** What a person says of a file with these headers, and what goes without saying. */
export function completed(mapping: Mapping, headers: readonly string[] | null): Mapping {
  const own = ownMapping(headers)
  if (own === null) return mapping
  const { decimal, dateFormat, positive } = own
  return mapsColumns(mapping)
    ? { decimal, dateFormat, positive, ...mapping }
    : { ...own, ...mapping }
}

function ownMapping(headers: readonly string[] | null): Mapping | null {
  if (isOwnExport(headers)) return OWN_MAPPING
  return isRejectedRows(headers) ? REJECTED_MAPPING : null
}
