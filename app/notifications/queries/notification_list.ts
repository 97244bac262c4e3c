import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import type { KindName } from '#notifications/domain/kinds'
import Notification from '#notifications/models/notification'

interface Filters {
  unread?: boolean
  kind?: KindName
}

/** What the user was told of, newest first. */
export class NotificationList {
  /** @param before the last position of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { unread, kind }: Filters, limit: number, before?: number) {
    const found = Notification.query()
      .whereRaw(Notification.shown)
      .if(unread !== undefined, (query) => query[unread ? 'whereNull' : 'whereNotNull']('readAt'))
      .if(kind, (query) => query.where('kind', kind!))
      .if(before, (query) => query.where('position', '<', before!))
      .orderBy('position', 'desc')
      .limit(limit)
    return records(reader, found)
  }

  /** How many of all of them wait to be read. */
  async unread(reader: Reader): Promise<number> {
    const [row] = await reader.query<{ count: number }>(
      `SELECT count(*) AS count FROM notifications WHERE ${Notification.shown} AND read_at IS NULL`
    )
    return row.count
  }

  async one(reader: Reader, id: string) {
    const found = Notification.query().where('id', id).whereRaw(Notification.shown)
    const [notification] = await records(reader, found)
    return notification
  }
}
