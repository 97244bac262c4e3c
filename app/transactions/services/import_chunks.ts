import drive from '@adonisjs/drive/services/main'
import { readerFor } from '#transactions/domain/statements/inspection'
import type { ReadRow } from '#transactions/domain/statements/read_row'
import type Import from '#transactions/models/import'
import { layoutOf, type StatedAccount } from '#transactions/services/import_layout'

/** Rows that are booked in one transaction: what a killed worker has to do again at most. */
const CHUNK_ROWS = 5_000

/** Rows that follow each other in a file. */
export interface Chunk {
  rows: ReadRow[]
  /** How many rows of the file come before these. */
  from: number
  /** How much of the file has been read after these. */
  bytes: number
}

/**
 * The rows of an import's file, streamed from Drive; at its end the import knows
 * what the file says of its statements. Throws `StatementRefused`.
 */
export async function* chunksOf(record: Import, account: StatedAccount): AsyncGenerator<Chunk> {
  const layout = await layoutOf(record, account)
  const reader = readerFor(layout, account.currency)
  let rows: ReadRow[] = []
  let [from, bytes] = [0, 0]

  for await (const part of await drive.use().getStream(record.fileKey)) {
    bytes += part.length
    rows.push(...reader.push(part))
    while (rows.length >= CHUNK_ROWS) {
      yield { rows: rows.slice(0, CHUNK_ROWS), from, bytes }
      rows = rows.slice(CHUNK_ROWS)
      from += CHUNK_ROWS
    }
  }
  rows.push(...reader.end())
  record.statements = [...reader.statements]
  if (rows.length > 0) yield { rows, from, bytes }
}
