import { UNDECODABLE } from '#transactions/domain/statements/encoding'
import type { BrokenText } from '#transactions/domain/statements/rejection'

export type BrokenRow = BrokenText | 'unterminatedQuote'

export interface CsvRow {
  /** The physical line the row starts on, from 1. */
  readonly line: number
  readonly cells: string[]
  /** The row's own text, without its terminator. */
  readonly raw: string
  /** Why the cells cannot be trusted. */
  readonly broken: BrokenRow | null
}

export const MAX_COLUMNS = 200
/** In UTF-16 units. */
export const MAX_FIELD_LENGTH = 65_536
/** In UTF-16 units; also the most that is ever kept between two chunks. */
export const MAX_ROW_LENGTH = 262_144

/** Whether the text can hold rows that `checkCharacters` would break. */
export function holdsBadCharacters(text: string): boolean {
  return text.includes('\0') || text.includes(UNDECODABLE)
}

/**
 * The row, broken if it holds a NUL or bytes without a meaning. Postgres takes
 * no NUL, so the raw text has it replaced: uploaded again it is rejected again.
 */
export function checkCharacters(row: CsvRow): CsvRow {
  if (row.raw.includes('\0')) {
    return { ...row, raw: row.raw.replaceAll('\0', UNDECODABLE), broken: 'nul' }
  }
  if (row.raw.includes(UNDECODABLE)) return { ...row, broken: 'undecodable' }
  return row
}
