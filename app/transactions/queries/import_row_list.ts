import type { Reader } from '#core/database/tenant'
import type { Verdict } from '#transactions/models/import'

/** What became of one row of a file. */
export interface ImportRow {
  number: number
  verdict: Verdict
  field: string | null
  reason: string | null
  rule: string | null
  transactionId: string | null
  matches: string | null
  raw: string | null
}

/** What a row duplicated and another transaction stands for now, is shown as that one. */
const ROWS = `
  SELECT r.number, r.verdict, r.field, r.reason, r.rule,
    coalesce(gone.replaced_by, r.transaction_id) AS "transactionId", r.match_id AS "matches", r.raw
  FROM import_rows r
  LEFT JOIN transaction_tombstones gone ON gone.user_id = r.user_id AND gone.id = r.transaction_id
`

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
      `${ROWS}
       WHERE r.import_id = $1 AND ($2::text IS NULL OR r.verdict = $2) AND r.number > $3
       ORDER BY r.number LIMIT $4`,
      [importId, verdict ?? null, after, limit]
    )
  }

  /** The row of this number, or nothing. */
  async one(reader: Reader, importId: string, number: number): Promise<ImportRow | undefined> {
    const [row] = await reader.query<ImportRow>(
      `${ROWS} WHERE r.import_id = $1 AND r.number = $2`,
      [importId, number]
    )
    return row
  }
}
