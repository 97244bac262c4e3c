import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf, readerOf } from '#core/database/connection_of'
import { arrayText } from '#core/database/copy'
import { prepared } from '#core/database/reading_pool'
import type { PayeeRules } from '#transactions/domain/payee_rules'
import {
  type HistoryRow,
  judge,
  type Judgement,
  type RuleChange,
} from '#transactions/domain/rule_change'
import type RuleRun from '#transactions/models/rule_run'
import { HistoryChunk } from '#transactions/queries/history_rows'

/** Transactions that are changed at a time, and what a killed worker has to do again at most. */
const CHUNK = 2_000

/** Milliseconds that a pattern which is hard to find may keep the user's other writes waiting. */
const PATIENCE = 200

/** The transactions and the run's log at once: neither is ever there without the other. */
const CHANGE = `
  WITH changed AS (
    UPDATE transactions t SET category_id = c.category_after, payee = c.payee_after,
      tags = c.tags_after::text[], updated_at = clock_timestamp()
    FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[])
      AS c (id, category_before, category_after, payee_before, payee_after, tags_before, tags_after)
    WHERE t.id = c.id
    RETURNING c.*
  )
  INSERT INTO rule_run_changes (user_id, run_id, transaction_id, category_before, category_after,
    payee_before, payee_after, tags_before, tags_after)
  SELECT $1::uuid, $2::uuid, id, category_before, category_after,
    payee_before, payee_after, tags_before::text[], tags_after::text[]
  FROM changed
`

/** Applies the rule of a run to the next transactions of the history. */
export class ApplyRule {
  /** Whether the history goes on behind them. */
  async handle(run: RuleRun, trx: TransactionClientContract) {
    const { scope, reached } = run
    const rows = await new HistoryChunk().handle(readerOf(trx), scope, CHUNK, reached)
    const judgements = judgeInTime(rows, await run.rules(trx))
    const changes = judgements.flatMap(({ change }) => change ?? [])
    if (changes.length > 0) await this.#write(run, changes, trx)

    await run.advance(
      {
        reached: rows.at(judgements.length - 1)?.id ?? null,
        rows: judgements.length,
        matched: judgements.filter(({ matched }) => matched).length,
        changed: changes.length,
      },
      trx
    )
    return rows.length === CHUNK || judgements.length < rows.length
  }

  async #write({ userId, id }: RuleRun, changes: RuleChange[], trx: TransactionClientContract) {
    const connection = await connectionOf(trx)
    await connection.query(
      prepared(CHANGE, [
        userId,
        id,
        changes.map(({ transactionId }) => transactionId),
        changes.map(({ before }) => before.categoryId),
        changes.map(({ after }) => after.categoryId),
        changes.map(({ before }) => before.payee),
        changes.map(({ after }) => after.payee),
        changes.map(({ before }) => arrayText(before.tags)),
        changes.map(({ after }) => arrayText(after.tags)),
      ])
    )
  }
}

/** As many of the rows as there is time for, and one at least. */
function judgeInTime(rows: HistoryRow[], rules: PayeeRules): Judgement[] {
  const judgements: Judgement[] = []
  const end = performance.now() + PATIENCE
  for (const row of rows) {
    judgements.push(judge(row, rules))
    if (performance.now() > end) break
  }
  return judgements
}
