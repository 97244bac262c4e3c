import { activity, type Stretch } from '#core/activity/activity'
import { tenant } from '#core/database/tenant'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'

/** Has what happened delivered to every webhook that wants to hear of it. */
export default class AnnounceToWebhooks {
  async handle(stretch: Stretch) {
    await tenant.transaction(stretch.userId, async (trx) => {
      const listening = await Webhook.listening(trx)
      if (listening.length === 0) return

      const events = await activity.read(stretch, trx)
      for (const webhook of listening) {
        const wanted = events.filter((event) => webhook.wants(event))
        await WebhookDelivery.open({ userId: stretch.userId, webhookId: webhook.id }, wanted, trx)
      }
    })
  }
}
