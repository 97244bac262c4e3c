import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { ATTEMPT_ERRORS } from '#notifications/domain/webhook_attempts'
import type WebhookDelivery from '#notifications/models/webhook_delivery'

const outcome = {
  responseStatus: s.nullable(s.integer()),
  durationMs: s.nullable(s.integer()),
  error: s.nullable(s.enumOf(ATTEMPT_ERRORS)),
}

export const webhookDeliverySchema = s.resource('WebhookDelivery', {
  id: s.id({ description: 'What `Finora-Delivery` says' }),
  eventId: s.id(),
  type: s.text({ examples: ['transaction.created'] }),
  status: s.enumOf(['pending', 'delivered', 'failed']),
  attempts: s.integer({ minimum: 0 }),
  ...outcome,
  createdAt: s.instant(),
  nextAttemptAt: s.nullable(s.instant()),
  deliveredAt: s.nullable(s.instant()),
  attemptsLog: s.array(s.object({ at: s.instant(), ...outcome }), {
    description: 'The newest twenty, the oldest of them first',
  }),
})

export default class WebhookDeliveryTransformer extends Transformer<WebhookDelivery> {
  toObject() {
    const { id, eventId, type, status, attempts, responseStatus, durationMs, error } = this.resource
    const { createdAt, nextAttemptAt, deliveredAt, attemptsLog } = this.resource
    return {
      id,
      eventId,
      type,
      status,
      attempts,
      responseStatus,
      durationMs,
      error,
      createdAt: createdAt.toUTC().toISO()!,
      nextAttemptAt: nextAttemptAt?.toUTC().toISO() ?? null,
      deliveredAt: deliveredAt?.toUTC().toISO() ?? null,
      attemptsLog: attemptsLog.map((attempt) => ({
        at: new Date(attempt.at).toISOString(),
        responseStatus: attempt.responseStatus,
        durationMs: attempt.durationMs,
        error: attempt.error,
      })),
    }
  }
}
