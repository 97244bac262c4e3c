import { activity, type Stretch } from '#core/activity/activity'
import { tenant } from '#core/database/tenant'
import NotificationPreferences from '#notifications/models/notification_preferences'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'

/** Has what happened delivered to every webhook that wants to hear of it, as its user prefers. */
export default class AnnounceToWebhooks {
  async handle(stretch: Stretch) {
    await tenant.transaction(stretch.userId, async (trx) => {
      const listening = await Webhook.listening(trx)
      if (listening.length === 0) return

      const preferences = await NotificationPreferences.of(stretch.userId, trx)
      const told = await activity.read(stretch, trx)
      const events = told.filter(({ type }) => preferences.sendsToWebhooks(type))
      for (const webhook of listening) {
        const wanted = events.filter((event) => webhook.wants(event))
        await WebhookDelivery.open({ userId: stretch.userId, webhookId: webhook.id }, wanted, trx)
      }
    })
  }
}
