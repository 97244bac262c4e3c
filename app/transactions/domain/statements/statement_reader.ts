import type { ReadRow } from '#transactions/domain/statements/read_row'
import type { Statement } from '#transactions/domain/statements/statement_log'

/**
 * Reads a file of any format in pieces cut anywhere, in memory that does not
 * grow with it. What is whole is read; a file that ends in the middle of a row
 * or of its statement, or that breaks its format's grammar, gives one last row,
 * rejected as `cut` or `malformed`, and nothing after it.
 */
export interface StatementReader {
  /** The rows these bytes complete. Throws `StatementRefused` for the file as a whole. */
  push(bytes: Uint8Array): ReadRow[]

  /** The rows that only the end of the file completes. */
  end(): ReadRow[]

  /** The statements met so far; a CSV tells of none. */
  readonly statements: readonly Statement[]
}
