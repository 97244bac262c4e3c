import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ruleRunLogDays } from '#config/ledger'
import { RuleRunSchema } from '#database/schema'
import { Conflict } from '#core/http/problem'
import { PayeeRules, type RuleTerms, withoutLostCategories } from '#transactions/domain/payee_rules'

/** A rule as it was when its run was asked for. */
export interface RunRule extends RuleTerms {
  name: string
}

/** What one chunk of a run came to. */
interface Progress {
  reached: string | null
  rows: number
  matched: number
  changed: number
}

/** A rule on its way through the history, and the account of what it has changed. */
export default class RuleRun extends RuleRunSchema {
  static selfAssignPrimaryKey = true

  @column({ prepare: (value: unknown) => JSON.stringify(value) })
  declare rule: RunRule

  declare error: { code: string; detail: string } | null

  @beforeCreate()
  static prepare(run: RuleRun) {
    run.id ??= randomUUIDv7()
    run.status ??= 'pending'
  }

  /** The run if there is something to do for it, and nothing older of the user's to do before. */
  static async lockDue(id: string, trx: TransactionClientContract) {
    const first = await RuleRun.firstDue(trx)
    return first?.id === id ? first : null
  }

  /** What is to be done first of all runs of the user: they take their turns, whoever asked first. */
  static async firstDue(trx: TransactionClientContract) {
    return RuleRun.query({ client: trx })
      .whereNotNull('due_at')
      .orderBy('due_at')
      .orderBy('id')
      .forUpdate()
      .first()
  }

  /** The part of the history it is about. */
  get scope() {
    return { accountId: this.accountId, from: this.firstDay, to: this.lastDay, asOf: this.asOf }
  }

  get isDue() {
    return this.dueAt !== null
  }

  get isOver() {
    return this.status !== 'pending' && this.status !== 'active'
  }

  /** Whether what is due, or was last, is to take it back. */
  get isReversal() {
    return this.reversalRequestedAt !== null
  }

  /** The rule alone, ready to be applied; what would set a category that is gone is left out. */
  async rules(trx: TransactionClientContract) {
    const categories = await trx.from('categories').select('id')
    const ids = new Set(categories.map(({ id }) => id as string))
    const rule = { ...this.rule, id: this.id, position: 0, enabled: true }
    const known = { hasCategory: (category: string) => ids.has(category) }
    return new PayeeRules([withoutLostCategories(rule, known)])
  }

  /** Has it taken back. Throws `Conflict` while it is under way, and when its log is forgotten. */
  async requestReversal(trx: TransactionClientContract) {
    if (!this.isOver) throw new Conflict('The run is still under way.')
    if (this.logForgottenAt) {
      throw new Conflict(
        `What a run has changed is kept for ${ruleRunLogDays} days; that of this one is forgotten.`
      )
    }
    await trx.rawQuery(
      `UPDATE rule_runs SET due_at = clock_timestamp(), error = NULL,
         reached = CASE WHEN reversal_requested_at IS NULL THEN NULL ELSE reached END,
         reversal_requested_at = coalesce(reversal_requested_at, now())
       WHERE id = ?`,
      [this.id]
    )
  }

  /** Notes transactions as done, in the transaction that changes them. */
  async advance({ reached, rows, matched, changed }: Progress, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE rule_runs SET status = 'active', started_at = coalesce(started_at, now()),
         reached = coalesce(?::uuid, reached),
         processed_rows = processed_rows + ?, matched_rows = matched_rows + ?,
         changed_rows = changed_rows + ?
       WHERE id = ?`,
      [reached as string, rows, matched, changed, this.id]
    )
  }

  /** Notes changes as taken back; of `kept` something has stayed. */
  async retreat(
    { reached, rows, kept }: { reached: string | null; rows: number; kept: number },
    trx: TransactionClientContract
  ) {
    await trx.rawQuery(
      `UPDATE rule_runs SET reached = coalesce(?::uuid, reached),
         undone_rows = undone_rows + ?, kept_rows = kept_rows + ?
       WHERE id = ?`,
      [reached as string, rows, kept, this.id]
    )
  }

  /** All is done that was due. */
  async finish(trx: TransactionClientContract) {
    const ended = this.isReversal
      ? `status = 'reverted', reverted_at = now()`
      : `status = 'completed', finished_at = now()`
    await trx.rawQuery(`UPDATE rule_runs SET due_at = NULL, ${ended} WHERE id = ?`, [this.id])
  }

  /** What was changed stays changed; a reversal can be asked for, or asked for again. */
  async fail(trx: TransactionClientContract) {
    const detail = 'Finora could not finish. What was done until then has stayed.'
    const ended = this.isReversal ? '' : `, status = 'failed', finished_at = now()`
    await trx.rawQuery(`UPDATE rule_runs SET due_at = NULL, error = ? ${ended} WHERE id = ?`, [
      JSON.stringify({ code: 'interrupted', detail }),
      this.id,
    ])
  }
}
