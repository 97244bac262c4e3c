import { randomUUIDv7 } from 'node:crypto'
import { tenant } from '#core/database/tenant'
import WebhookDisabled from '#notifications/exceptions/webhook_disabled'
import { PING } from '#notifications/domain/webhook_message'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'
import type User from '#users/models/user'

/** Sends a webhook an event that says nothing, so that its receiver can be tried. Throws `Conflict`. */
export default class PingWebhook {
  async handle({ actor, id }: { actor: User; id: string }) {
    return tenant.transaction(actor.id, async (trx) => {
      const webhook = await Webhook.lock(id, trx)
      if (!webhook.isEnabled) throw new WebhookDisabled()

      const ping = { id: randomUUIDv7(), type: PING, occurredAt: new Date() }
      const event = { ...ping, subjectType: 'Webhook', subjectId: id }
      const [deliveryId] = await WebhookDelivery.open(
        { userId: actor.id, webhookId: id },
        [event],
        trx
      )
      return WebhookDelivery.findOrFail(deliveryId, { client: trx })
    })
  }
}
