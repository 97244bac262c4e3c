import type { RowField } from '#transactions/domain/statements/fields'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type { RejectionReason } from '#transactions/domain/statements/rejection'
import type { RefusalReason } from '#transactions/domain/statements/statement_refused'

/** A file of the golden set and exactly what an import makes of it. */
export interface Golden {
  file: string
  /** The account's. */
  currency: string
  mapping?: Mapping
  /** Why the file as a whole is refused; then nothing is booked. */
  fails: RefusalReason | null
  /** What the account's balance is afterwards, in minor units. */
  sum: number
  /** Of every booked row, in the order of the file. */
  payees: string[]
  duplicates: number
  rejected: [number: number, field: RowField | null, reason: RejectionReason][]
}

export function reads(file: string, sum: number, rest: Partial<Golden>): Golden {
  const plain = { currency: 'EUR', fails: null, payees: [], duplicates: 0, rejected: [] }
  return { ...plain, file, sum, ...rest }
}

export function refuses(file: string, fails: RefusalReason, currency = 'EUR'): Golden {
  return { ...reads(file, 0, { currency }), fails }
}
