import { eventTypes } from '#core/activity/event_types'
import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { EVERY_EVENT } from '#notifications/models/webhook'
import type Webhook from '#notifications/models/webhook'

const fields = {
  id: s.id(),
  url: s.text({ format: 'uri' }),
  events: s.array(s.enumOf([EVERY_EVENT, ...eventTypes]), {
    description: '`*` alone is every event, those too that there will be',
  }),
  description: s.nullable(s.text()),
  enabled: s.boolean(),
  createdAt: s.instant(),
  disabledAt: s.nullable(s.instant()),
  disabledReason: s.nullable(
    s.enumOf(['owner', 'gone', 'failing', 'security'], {
      description:
        'You did; it answered 410; it failed too often; or the password was reset or the user disabled',
    })
  ),
}

export const webhookSchema = s.resource('Webhook', fields)

/** As it is shown when its secret is new, and never again. */
export const webhookWithSecretSchema = s.resource('WebhookWithSecret', {
  ...fields,
  secret: s.text({ description: 'Verifies signatures. It is shown this once' }),
})

export default class WebhookTransformer extends Transformer<Webhook> {
  toObject() {
    const { id, url, events, description, isEnabled: enabled, disabledReason } = this.resource
    return {
      id,
      url,
      events,
      description,
      enabled,
      createdAt: this.resource.createdAt.toUTC().toISO()!,
      disabledAt: this.resource.disabledAt?.toUTC().toISO() ?? null,
      disabledReason,
    }
  }
}
