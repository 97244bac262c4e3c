import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import Webhook from '#notifications/models/webhook'
import { WebhookDeliveryList } from '#notifications/queries/webhook_delivery_list'
import WebhookDeliveryTransformer, {
  webhookDeliverySchema,
} from '#notifications/transformers/webhook_delivery_transformer'
import { listWebhookDeliveriesValidator } from '#notifications/validators/webhook_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class WebhookDeliveriesController {
  constructor(protected deliveries: WebhookDeliveryList) {}

  @operation({
    summary: 'What was sent to a webhook',
    description: 'Of the last 30 days, newest first, with what came of each attempt.',
    request: { query: listWebhookDeliveriesValidator },
    responses: { 200: list(webhookDeliverySchema) },
  })
  async index({ caller, params, request }: HttpContext) {
    const query = await request.validateUsing(listWebhookDeliveriesValidator)
    const { limit = PAGE_SIZE, cursor, status } = query
    const before = newestFirst.after(cursor)?.id
    const [rows] = await caller.read((reader) =>
      Promise.all([
        this.deliveries.handle(reader, { webhookId: params.id, status }, limit + 1, before),
        recordOf(reader, Webhook, params.id),
      ])
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: WebhookDeliveryTransformer.transform(data), meta }
  }
}
