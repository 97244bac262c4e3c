import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type { PlannedSplit } from '#transactions/domain/import_plan'

/** A row of a file and its parts, in their order. */
export interface SplitRow {
  number: number
  splits: PlannedSplit[]
}

const MAKE_SPLIT = `
  UPDATE transactions t SET is_split = true, category_id = NULL
  FROM import_rows r
  WHERE r.user_id = $1 AND r.import_id = $2 AND r.number = ANY($3::integer[]) AND r.verdict = 'imported'
    AND t.user_id = $1 AND t.id = r.transaction_id AND NOT t.is_split
  RETURNING t.id, r.number
`

const ADD_PARTS = `
  INSERT INTO transaction_splits (user_id, transaction_id, position, category_id, amount_minor,
    account_id, currency, booked_on, kind)
  SELECT t.user_id, t.id, p.position, p.category, p.amount, t.account_id, t.currency, t.booked_on, t.kind
  FROM jsonb_to_recordset($2::jsonb) AS p(id uuid, position smallint, category uuid, amount bigint)
  JOIN transactions t ON t.user_id = $1 AND t.id = p.id
`

/** Divides what was booked of rows, as the export they are from says, in the caller's transaction. */
export class SplitImportedRows {
  async handle(
    { userId, importId }: { userId: string; importId: string },
    rows: SplitRow[],
    trx: TransactionClientContract
  ) {
    if (rows.length === 0) return
    const reader = readerOf(trx)
    const booked = await reader.query<{ id: string; number: number }>(MAKE_SPLIT, [
      userId,
      importId,
      rows.map(({ number }) => number),
    ])
    const splits = new Map(rows.map((row) => [row.number, row.splits]))
    const parts = booked.flatMap(({ id, number }) =>
      splits.get(number)!.map(({ categoryId, amount }, position) => ({
        id,
        position,
        category: categoryId,
        amount,
      }))
    )
    await reader.query(ADD_PARTS, [userId, JSON.stringify(parts)])
  }
}
