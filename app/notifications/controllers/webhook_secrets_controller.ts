import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { sendWithEtag, versionOf } from '#core/http/etag'
import { operation } from '#core/openapi/operation'
import RotateWebhookSecret from '#notifications/actions/rotate_webhook_secret'
import WebhookTransformer, {
  webhookWithSecretSchema,
} from '#notifications/transformers/webhook_transformer'

@inject()
export default class WebhookSecretsController {
  constructor(protected rotateSecret: RotateWebhookSecret) {}

  @operation({
    summary: 'Give a webhook another secret',
    description:
      'It is shown this once. For 24 hours signatures of both secrets are sent (a `v1` each), so that receivers ' +
      'can take it over without a pause; the one before those two is void at once.',
    responses: { 201: webhookWithSecretSchema },
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const { webhook, secret } = await this.rotateSecret.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
    })
    ctx.response.status(201)
    const body = { ...WebhookTransformer.transform(webhook), secret }
    return sendWithEtag(ctx, versionOf(webhook), body)
  }
}
