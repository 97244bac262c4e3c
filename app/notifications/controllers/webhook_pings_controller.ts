import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import PingWebhook from '#notifications/actions/ping_webhook'
import WebhookDeliveryTransformer, {
  webhookDeliverySchema,
} from '#notifications/transformers/webhook_delivery_transformer'

@inject()
export default class WebhookPingsController {
  constructor(protected ping: PingWebhook) {}

  @operation({
    summary: 'Send a webhook a ping',
    description:
      'An event `webhook.ping` about the webhook itself, whatever it listens to. Its deliveries tell how it went.',
    responses: { 202: webhookDeliverySchema },
    errors: ['Conflict'],
    idempotent: true,
  })
  async store({ auth, params, response }: HttpContext) {
    const delivery = await this.ping.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.accepted(WebhookDeliveryTransformer.transform(delivery))
  }
}
