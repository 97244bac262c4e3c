import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeWebhook from '#notifications/actions/change_webhook'
import CreateWebhook from '#notifications/actions/create_webhook'
import DeleteWebhook from '#notifications/actions/delete_webhook'
import Webhook from '#notifications/models/webhook'
import { WebhookList } from '#notifications/queries/webhook_list'
import WebhookTransformer, {
  webhookSchema,
  webhookWithSecretSchema,
} from '#notifications/transformers/webhook_transformer'
import {
  createWebhookValidator,
  listWebhooksValidator,
  updateWebhookValidator,
} from '#notifications/validators/webhook_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class WebhooksController {
  constructor(
    protected webhooks: WebhookList,
    protected createWebhook: CreateWebhook,
    protected changeWebhook: ChangeWebhook,
    protected deleteWebhook: DeleteWebhook
  ) {}

  @operation({
    summary: 'List webhooks',
    request: { query: listWebhooksValidator },
    responses: { 200: list(webhookSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listWebhooksValidator)
    const after = oldestFirst.after(cursor)?.id
    const rows = await caller.read((reader) => this.webhooks.handle(reader, limit + 1, after))
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: WebhookTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create a webhook',
    description:
      'From now on the URL is told what happens to your books, by signed POSTs that are tried for about a day. ' +
      'They say what happened and to what, without amounts or names: ask the API for those. An event may arrive ' +
      'more than once, and after a later one; drop an `id` you have. The `secret` is shown this once. ' +
      'There can be ten webhooks.',
    request: { body: createWebhookValidator },
    responses: { 201: webhookWithSecretSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const { webhook, secret } = await this.createWebhook.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createWebhookValidator)),
    })
    ctx.response.status(201)
    const body = { ...WebhookTransformer.transform(webhook), secret }
    return sendWithEtag(ctx, versionOf(webhook), body)
  }

  @operation({ summary: 'A webhook', responses: { 200: webhookSchema }, etag: true })
  async show(ctx: HttpContext) {
    return this.#send(
      ctx,
      await ctx.caller.read((reader) => recordOf(reader, Webhook, ctx.params.id))
    )
  }

  @operation({
    summary: 'Change a webhook',
    description:
      'What waits to be sent goes to the new URL. `enabled: false` gives up what waits; `true` starts anew, ' +
      'also after Finora disabled it.',
    request: { body: updateWebhookValidator },
    responses: { 200: webhookSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const webhook = await this.changeWebhook.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateWebhookValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, webhook)
  }

  @operation({ summary: 'Delete a webhook', responses: { 204: null }, etag: true })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteWebhook.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  async #send(ctx: HttpContext, webhook: Webhook) {
    return sendWithEtag(ctx, versionOf(webhook), WebhookTransformer.transform(webhook))
  }
}
