import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Alert from '#notifications/models/alert'

export const alertSchema = s.resource('Alert', {
  id: s.id(),
  kind: s.enumOf(['lowBalance', 'largeTransaction']),
  accountId: s.nullable(s.id({ description: 'Null watches every account in this currency' })),
  threshold: s.minor({
    description: 'A balance below it is low; a transaction of this size, either way, is large',
  }),
  currency: s.currency(),
  enabled: s.boolean(),
  lastTriggeredAt: s.nullable(s.instant()),
  createdAt: s.instant(),
  updatedAt: s.instant(),
})

export default class AlertTransformer extends Transformer<Alert> {
  toObject() {
    const alert = this.resource
    return {
      id: alert.id,
      kind: alert.kind,
      accountId: alert.accountId,
      threshold: alert.thresholdMinor,
      currency: alert.currency,
      enabled: alert.enabled,
      lastTriggeredAt: alert.lastTriggeredAt?.toUTC().toISO() ?? null,
      createdAt: alert.createdAt.toUTC().toISO()!,
      updatedAt: alert.updatedAt.toUTC().toISO()!,
    }
  }
}
