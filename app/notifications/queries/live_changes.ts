import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Notification from '#notifications/models/notification'

/** Where a live stream stands: the last notification it knows, and the ledger's version. */
export interface Position {
  position: number
  version: number
}

/** What has come since a live stream was last told of anything. */
export class LiveChanges {
  /** Where everything stands now. */
  async now(reader: Reader): Promise<Position> {
    const [row] = await reader.query<Position>(
      `SELECT u.ledger_version AS version,
         coalesce((SELECT max(position) FROM notifications WHERE ${Notification.shown}), 0)::bigint AS position FROM users u`
    )
    return row
  }

  /** Notifications behind a position, in their order, up to `limit`. */
  async since(reader: Reader, position: number, limit: number): Promise<Notification[]> {
    const found = Notification.query()
      .where('position', '>', position)
      .whereRaw(Notification.shown)
      .orderBy('position')
      .limit(limit)
    return records(reader, found)
  }
}
