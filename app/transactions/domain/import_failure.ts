import { DatabaseError } from 'pg'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** Why a file as a whole could not be imported. */
export interface ImportFailure {
  code: string
  detail: string
}

/** SQLSTATE numeric_value_out_of_range: what `ledger_fits` raises. */
const OUT_OF_RANGE = '22003'

/** What a person can do something about; null for what is tried again. */
export function failureOf(error: unknown): ImportFailure | null {
  if (error instanceof StatementRefused) return { code: error.reason, detail: error.message }
  if (error instanceof DatabaseError && error.code === OUT_OF_RANGE) {
    const detail = 'With these rows the ledger would add up to more than ±(2^53−1) minor units.'
    return { code: 'outOfRange', detail }
  }
  return null
}
