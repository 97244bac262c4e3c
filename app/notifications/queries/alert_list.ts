import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Alert from '#notifications/models/alert'

/** The user's alerts, oldest first. */
export class AlertList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, after?: string) {
    const found = Alert.query()
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
