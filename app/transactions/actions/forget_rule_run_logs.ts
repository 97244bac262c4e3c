import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ruleRunLogDays } from '#config/ledger'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'

/** Runs that nothing is to be done for, and nothing has been done for since. */
const OLD = `log_forgotten_at IS NULL AND due_at IS NULL
  AND finished_at < now() - :days * interval '1 day'
  AND greatest(finished_at, reversal_requested_at, reverted_at) < now() - :days * interval '1 day'`

/**
 * Forgets what old runs changed, one run at a time. The runs stay with their counts;
 * they can't be taken back from then on.
 */
export default class ForgetRuleRunLogs {
  async handle() {
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT user_id AS "userId", id FROM rule_runs WHERE ${OLD} ORDER BY finished_at`,
        { days: ruleRunLogDays }
      )
    )
    for (const { userId, id } of rows as { userId: string; id: string }[]) {
      await tenant.transaction(userId, (trx) => this.#forget(id, trx))
    }
  }

  /** A reversal that was asked for meanwhile comes first. */
  async #forget(id: string, trx: TransactionClientContract) {
    await trx.rawQuery(`SET LOCAL statement_timeout = '10min'`)
    const { rowCount } = await trx.rawQuery(
      `UPDATE rule_runs SET log_forgotten_at = now() WHERE id = :id AND ${OLD}`,
      { id, days: ruleRunLogDays }
    )
    if (rowCount === 1) await trx.from('rule_run_changes').where('run_id', id).delete()
  }
}
