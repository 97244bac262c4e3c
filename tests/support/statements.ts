import { inspectStatement, readerFor } from '#transactions/domain/statements/inspection'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type { ReadRow } from '#transactions/domain/statements/read_row'
import type { Statement } from '#transactions/domain/statements/statement_log'

interface Options {
  currency?: string
  format?: StatementFormat
  mapping?: Mapping
  /** Bytes that are read at a time. */
  pieces?: number
}

/** Recognises and reads a whole file, as an import does. */
export function readStatement(
  file: string | Uint8Array,
  { currency = 'EUR', pieces = 65_536, ...stated }: Options = {}
): { rows: ReadRow[]; statements: readonly Statement[] } {
  const bytes = Buffer.from(file as string)
  const layout = inspectStatement(bytes, { currency, complete: true, ...stated })
  const reader = readerFor(layout, currency)
  const rows: ReadRow[] = []
  for (let at = 0; at < bytes.length; at += pieces) {
    rows.push(...reader.push(bytes.subarray(at, at + pieces)))
  }
  rows.push(...reader.end())
  return { rows, statements: reader.statements }
}

/** Each row as its draft, or as field and reason of its rejection. */
export function outcomes(file: string | Uint8Array, options?: Options) {
  return readStatement(file, options).rows.map((row) =>
    row.ok ? row.draft : { field: row.field, reason: row.reason }
  )
}
