import { inject } from '@adonisjs/core'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'

const BATCH = 500

/**
 * Has everybody's alerts looked at: a month may have begun, a day may have gone by since a
 * balance fell again, a job may have been lost.
 */
@inject()
export default class AskForAllEvaluations {
  constructor(protected ask: AskForEvaluation) {}

  async handle() {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const watching = await this.#watching(after)
      for (const userId of watching) {
        await tenant.transaction(userId, (trx) => this.ask.within(userId, trx))
      }
      if (watching.length < BATCH) return
      after = watching.at(-1)!
    }
  }

  async #watching(after: string): Promise<string[]> {
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery<{ rows: { user_id: string }[] }>(
        `SELECT DISTINCT user_id FROM alerts
         WHERE enabled AND kind = 'lowBalance' AND user_id > ? ORDER BY user_id LIMIT ${BATCH}`,
        [after]
      )
    )
    return rows.map((row) => row.user_id)
  }
}
