import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf, readerOf } from '#core/database/connection_of'
import { arrayText } from '#core/database/copy'
import { prepared } from '#core/database/reading_pool'
import type { RuleField } from '#transactions/domain/payee_rules'
import { type RuleValues, takeBack } from '#transactions/domain/rule_change'
import type RuleRun from '#transactions/models/rule_run'
import { ChangedTransactions } from '#transactions/queries/rule_run_changes'

/** As many as are changed at a time. */
const CHUNK = 2_000

const RESTORE = `
  UPDATE transactions t SET category_id = c.category_id, payee = c.payee, tags = c.tags::text[],
    updated_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS c (id, category_id, payee, tags)
  WHERE t.id = c.id
    AND (t.category_id, t.payee, t.tags) IS DISTINCT FROM (c.category_id, c.payee, c.tags::text[])
`

const NOTE_KEPT = `
  UPDATE rule_run_changes c SET kept_fields = k.fields::text[]
  FROM unnest($2::uuid[], $3::text[]) AS k (id, fields)
  WHERE c.run_id = $1 AND c.transaction_id = k.id
`

/** A transaction, and how it is to be from now on. */
interface Restored {
  id: string
  values: RuleValues
  kept: RuleField[]
}

/** Takes the next changes of a run back, as far as nobody has set something else since. */
export class TakeRuleBack {
  /** Whether there are more. */
  async handle(run: RuleRun, trx: TransactionClientContract) {
    const rows = await new ChangedTransactions().handle(readerOf(trx), run.id, CHUNK, run.reached)
    const restored = rows.map(({ transactionId: id, now, ...change }) => ({
      id,
      ...takeBack(change, now),
    }))
    const kept = restored.filter((each) => each.kept.length > 0)

    await this.#restore(restored, trx)
    if (kept.length > 0) await this.#noteKept(run, kept, trx)
    const reached = restored.at(-1)?.id ?? null
    await run.retreat({ reached, rows: rows.length, kept: kept.length }, trx)
    return rows.length === CHUNK
  }

  async #restore(restored: Restored[], trx: TransactionClientContract) {
    const connection = await connectionOf(trx)
    await connection.query(
      prepared(RESTORE, [
        restored.map(({ id }) => id),
        restored.map(({ values }) => values.categoryId),
        restored.map(({ values }) => values.payee),
        restored.map(({ values }) => arrayText(values.tags)),
      ])
    )
  }

  async #noteKept({ id }: RuleRun, kept: Restored[], trx: TransactionClientContract) {
    const connection = await connectionOf(trx)
    await connection.query(
      prepared(NOTE_KEPT, [
        id,
        kept.map((each) => each.id),
        kept.map((each) => arrayText(each.kept)),
      ])
    )
  }
}
