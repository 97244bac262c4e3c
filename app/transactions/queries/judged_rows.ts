import type { Reader } from '#core/database/tenant'
import type { Verdict } from '#transactions/models/import'

/** What a person says that a row is. A duplicate is one of a transaction. */
export interface Override {
  number: number
  verdict: Exclude<Verdict, 'rejected'>
  transactionId: string | null
}

/** A row of an import with its verdict, and with what an override would book. */
export interface JudgedRow {
  number: number
  verdict: Verdict
  rule: string | null
  transactionId: string | null
  booking: { id: string; identity: string } | null
}

const JUDGED = `r.number, r.verdict, r.rule, r.transaction_id AS "transactionId", r.booking`

/** Rows of imports as overrides see them. */
export class JudgedRows {
  /** The row of this number, or nothing. */
  async handle(reader: Reader, importId: string, number: number): Promise<JudgedRow | undefined> {
    const [row] = await reader.query<JudgedRow>(
      `SELECT ${JUDGED} FROM import_rows r WHERE r.import_id = $1 AND r.number = $2`,
      [importId, number]
    )
    return row
  }

  /**
   * The rows of an import that came out otherwise than a person has said of its dry run. A
   * duplicate of what is gone since is left as it is: nothing else would stand for the money.
   */
  async overridden(reader: Reader, { importId, dryRunId }: { importId: string; dryRunId: string }) {
    const rows = await reader.query<
      JudgedRow & { saidVerdict: Override['verdict']; saidId: string | null }
    >(
      `SELECT ${JUDGED}, said.verdict AS "saidVerdict", said.transaction_id AS "saidId"
       FROM import_rows said JOIN import_rows r ON r.import_id = $1 AND r.number = said.number
       WHERE said.import_id = $2 AND said.rule = 'override' AND r.verdict <> 'rejected'
         AND (r.verdict <> said.verdict
           OR said.verdict = 'duplicate' AND r.transaction_id IS DISTINCT FROM said.transaction_id)
         AND (said.verdict <> 'duplicate' OR EXISTS (
           SELECT 1 FROM transactions t WHERE t.user_id = said.user_id AND t.id = said.transaction_id
         ))
       ORDER BY said.number`,
      [importId, dryRunId]
    )
    return rows.map(({ saidVerdict, saidId, ...row }) => ({
      row,
      override: { number: row.number, verdict: saidVerdict, transactionId: saidId },
    }))
  }
}
