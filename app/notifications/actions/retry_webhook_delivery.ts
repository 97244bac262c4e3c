import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import WebhookDisabled from '#notifications/exceptions/webhook_disabled'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  deliveryId: string
}

/** Has a delivery sent once more, whatever became of it. Throws `WebhookDisabled`. */
export default class RetryWebhookDelivery {
  async handle({ actor, id, deliveryId }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const webhook = await Webhook.lock(id, trx)
      const delivery = await WebhookDelivery.query({ client: trx })
        .where({ id: deliveryId, webhook_id: id })
        .firstOrFail()
      if (!webhook.isEnabled) throw new WebhookDisabled()

      await delivery.retry(trx)
      await audit.record(
        { actor, action: 'webhook-delivery.retried', subject: delivery, userId: actor.id },
        trx
      )
      return delivery.refresh()
    })
  }
}
