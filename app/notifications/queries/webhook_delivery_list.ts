import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import WebhookDelivery from '#notifications/models/webhook_delivery'

interface Filters {
  webhookId: string
  status?: string
}

/** What was sent to a webhook, or will be, newest first. */
export class WebhookDeliveryList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { webhookId, status }: Filters, limit: number, before?: string) {
    const found = WebhookDelivery.query()
      .where('webhook_id', webhookId)
      .if(status, (query) => query.where('status', status!))
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
