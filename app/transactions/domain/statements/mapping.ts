import type { DecimalMark } from '#transactions/domain/statements/amounts'
import type { RowField } from '#transactions/domain/statements/fields'

/**
 * What the importing person says about a file: field → header (or `#3` for the
 * third column) of a CSV, and answers to what its beginning leaves open.
 */
export interface Mapping extends Partial<Record<RowField, string>> {
  /** Such as `DD.MM.YYYY`; CSV and QIF. */
  dateFormat?: string
  /** CSV and QIF. */
  decimal?: DecimalMark
  delimiter?: string
  encoding?: string
  /** What a positive amount is: `expense` in the exports of some credit cards. */
  positive?: 'income' | 'expense'
  /** Accounts and categories the file names are created when they are unknown. */
  createMissing?: boolean
}
