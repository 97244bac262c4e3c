import { inject } from '@adonisjs/core'
import { readerOf } from '#core/database/connection_of'
import { system } from '#core/database/system'
import { forEverybody } from '#core/queue/for_everybody'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { Definitions, judgedBy } from '#gamification/queries/definitions'

const DUE = `
  SELECT u.id FROM users u LEFT JOIN gamification_states s ON s.user_id = u.id
  WHERE u.id > $1 AND (
    s.evaluated_at IS NULL OR s.due_at <= now() OR s.judged_by IS DISTINCT FROM $2
    OR s.marked_at < now() - interval '5 minutes'
  )
  ORDER BY u.id LIMIT $3`

/**
 * Finds those for whom the clock has changed something, or the rules have, or who
 * were never evaluated, and asks for their evaluation.
 */
@inject()
export default class MarkDueForEvaluation {
  constructor(private mark: MarkForEvaluation) {}

  async handle() {
    await forEverybody(
      (after, limit) => this.#due(after, limit),
      (userId) => this.mark.handle({ userId })
    )
  }

  async #due(after: string, limit: number): Promise<string[]> {
    return system.transaction(async (trx) => {
      const reader = readerOf(trx)
      const definitions = new Definitions()
      const rules = judgedBy(await definitions.badges(reader), await definitions.challenges(reader))
      const rows = await reader.query<{ id: string }>(DUE, [after, rules, limit])
      return rows.map(({ id }) => id)
    })
  }
}
