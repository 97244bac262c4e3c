import { tenant } from '#core/database/tenant'
import Notification from '#notifications/models/notification'
import type User from '#users/models/user'

/**
 * Marks everything read that the user was told, up to a moment if one is given: what was
 * told in its millisecond is among it, since that is all clients see of a moment. Answers
 * how many.
 */
export default class MarkAllRead {
  async handle({ actor, before }: { actor: User; before?: string }): Promise<number> {
    return tenant.transaction(actor.id, async (trx) => {
      const { rowCount } = await trx.rawQuery(
        `UPDATE notifications SET read_at = now(), updated_at = now()
         WHERE ${Notification.shown} AND read_at IS NULL
           AND date_trunc('milliseconds', created_at) <= coalesce(?::timestamptz, now())`,
        [before ?? null] as string[]
      )
      return rowCount as number
    })
  }
}
