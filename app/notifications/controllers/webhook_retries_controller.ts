import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RetryWebhookDelivery from '#notifications/actions/retry_webhook_delivery'
import WebhookDeliveryTransformer, {
  webhookDeliverySchema,
} from '#notifications/transformers/webhook_delivery_transformer'

@inject()
export default class WebhookRetriesController {
  constructor(protected retry: RetryWebhookDelivery) {}

  @operation({
    summary: 'Send a delivery once more',
    description:
      'The same event with the same id, signed anew, whatever became of it before. One that was given up is tried ' +
      'this once.',
    responses: { 202: webhookDeliverySchema },
    errors: ['Conflict'],
    idempotent: true,
  })
  async store({ auth, params, response }: HttpContext) {
    const delivery = await this.retry.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      deliveryId: params.deliveryId,
    })
    return response.accepted(WebhookDeliveryTransformer.transform(delivery))
  }
}
