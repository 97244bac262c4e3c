import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Webhook from '#notifications/models/webhook'

/** The user's webhooks, oldest first. */
export class WebhookList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, after?: string) {
    const found = Webhook.query()
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
