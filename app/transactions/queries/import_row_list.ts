import type { Reader } from '#core/database/tenant'

export type Verdict = 'imported' | 'duplicate' | 'rejected'

/** What became of one row of a file. */
export interface ImportRow {
  number: number
  verdict: Verdict
  field: string | null
  reason: string | null
  rule: string | null
  transactionId: string | null
  raw: string | null
}

/** The rows of an import in the order of the file. */
export class ImportRowList {
  /** @param after the last row number of the page before; returns up to `limit` rows */
  async handle(
    reader: Reader,
    { importId, verdict }: { importId: string; verdict?: Verdict },
    limit: number,
    after = 0
  ) {
    return reader.query<ImportRow>(
      `SELECT number, verdict, field, reason, rule, transaction_id AS "transactionId", raw
       FROM import_rows
       WHERE import_id = $1 AND ($2::text IS NULL OR verdict = $2) AND number > $3
       ORDER BY number LIMIT $4`,
      [importId, verdict ?? null, after, limit]
    )
  }
}
