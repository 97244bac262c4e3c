import type { Mapping } from '#transactions/domain/statements/mapping'

/**
 * The columns of rejected rows that are to be corrected, of files in which they are no
 * lines of a CSV. `status` holds a word that keeps a row from being booked until a person
 * takes it away; what stands behind it is for people alone.
 */
export const REJECTED_HEADERS = [
  ...['id', 'date', 'payee', 'description', 'notes', 'category', 'amount', 'currency'],
  ...['status', 'row', 'source', 'reason'],
]

/** What stands in front of the columns of a CSV whose rows were rejected. */
export const REJECTED_LEAD = ['row', 'field', 'reason']

/** The lead at the beginning of a line, whatever delimiter and quotes. */
const LEADS = /^["']?row["']?[^\p{L}\p{N}]+field["']?[^\p{L}\p{N}]+reason["']?[^\p{L}\p{N}]/iu

/** What goes without saying of a file with these headers. */
export const REJECTED_MAPPING: Mapping = {
  id: 'id',
  bookedOn: 'date',
  payee: 'payee',
  description: 'description',
  notes: 'notes',
  category: 'category',
  amount: 'amount',
  currency: 'currency',
  status: 'status',
  decimal: '.',
  dateFormat: 'YYYY-MM-DD',
  positive: 'income',
}

/** Whether a file with these headers holds rejected rows as Finora hands them out. */
export function isRejectedRows(headers: readonly string[] | null): boolean {
  return headers?.join() === REJECTED_HEADERS.join()
}

/** Whether a file with these headers holds the rejected rows of a CSV, in its own columns. */
export function isLedByRejections(headers: readonly string[]): boolean {
  if (headers.length <= REJECTED_LEAD.length) return false
  return REJECTED_LEAD.every((header, index) => headers[index].trim() === header)
}

/** A file's header without the lead; null where it has none. */
export function behindLead(header: string): string | null {
  return LEADS.test(header) ? header.replace(LEADS, '') : null
}
