import { inject } from '@adonisjs/core'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { forEverybody } from '#core/queue/for_everybody'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'

/**
 * Has everybody's alerts looked at: a month may have begun, a day may have gone by since a
 * balance fell again, a job may have been lost.
 */
@inject()
export default class AskForAllEvaluations {
  constructor(protected ask: AskForEvaluation) {}

  async handle() {
    await forEverybody(
      (after, limit) => this.#watching(after, limit),
      (userId) => tenant.transaction(userId, (trx) => this.ask.within(userId, trx))
    )
  }

  async #watching(after: string, limit: number): Promise<string[]> {
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery<{ rows: { user_id: string }[] }>(
        `SELECT DISTINCT user_id FROM alerts
         WHERE enabled AND kind = 'lowBalance' AND user_id > ? ORDER BY user_id LIMIT ?`,
        [after, limit]
      )
    )
    return rows.map((row) => row.user_id)
  }
}
