import { inject } from '@adonisjs/core'
import { readerOf } from '#core/database/connection_of'
import { system } from '#core/database/system'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { Definitions, judgedBy } from '#gamification/queries/definitions'

/** Users that are looked for at a time. */
const BATCH = 500

const DUE = `
  SELECT u.id FROM users u LEFT JOIN gamification_states s ON s.user_id = u.id
  WHERE ($1::uuid IS NULL OR u.id > $1) AND (
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
    let last: string | undefined
    do {
      const due = await this.#due(last)
      for (const userId of due) await this.mark.handle({ userId })
      last = due.length === BATCH ? due.at(-1) : undefined
    } while (last)
  }

  async #due(after?: string): Promise<string[]> {
    return system.transaction(async (trx) => {
      const reader = readerOf(trx)
      const definitions = new Definitions()
      const rules = judgedBy(await definitions.badges(reader), await definitions.challenges(reader))
      const rows = await reader.query<{ id: string }>(DUE, [after ?? null, rules, BATCH])
      return rows.map(({ id }) => id)
    })
  }
}
