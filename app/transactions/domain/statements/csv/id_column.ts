import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { normalizeHeader } from '#transactions/domain/statements/csv/header_names'
import type { IdTrust } from '#transactions/domain/statements/read_row'

/** Where ids of the bank's stand, and whether other payments may share them. */
export interface IdColumn {
  readonly index: number
  readonly trust: IdTrust | 'shared'
}

/** Headers under which there are ids as well as numbers that begin again with each file. */
const COUNTERS = new Set(['id', 'identificador'])

/** Headers of what a payment refers to, which the next one of a standing order does too. */
const REFERENCES = new Set(
  `bankreference transactionreference bankreferenz transactiereferentie idoperacion`.split(' ')
)

/**
 * How far the column of ids can be trusted, by its header alone: rows must not decide, for
 * those of the next file may decide otherwise.
 */
export function idColumnOf(
  { id }: CsvColumns,
  headers: readonly string[],
  isMapped: boolean
): IdColumn | null {
  if (id === undefined) return null
  if (isMapped) return { index: id, trust: 'mapped' }
  const name = normalizeHeader(headers[id] ?? '')
  if (REFERENCES.has(name)) return { index: id, trust: 'shared' }
  return { index: id, trust: COUNTERS.has(name) ? 'doubtful' : 'known' }
}
