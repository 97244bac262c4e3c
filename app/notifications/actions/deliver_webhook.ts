import { inject } from '@adonisjs/core'
import { outbound, webhooks } from '#config/webhooks'
import { tenant } from '#core/database/tenant'
import { OutboundClient, OutboundFailure } from '#core/http/network/outbound_client'
import RecordWebhookAttempt from '#notifications/actions/record_webhook_attempt'
import type { Outcome } from '#notifications/domain/webhook_attempts'
import { signatureOf } from '#notifications/domain/webhook_signature'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'

export interface Attempt {
  userId: string
  deliveryId: string
  /** How many there were before. */
  attempt: number
}

interface Letter {
  delivery: WebhookDelivery
  webhook: Webhook
  secrets: string[]
}

/**
 * Makes one attempt at a delivery. Nothing is held meanwhile: a worker that is killed
 * between the answer and its record makes the attempt again, so a receiver may hear
 * an event twice, and never not at all.
 */
@inject()
export default class DeliverWebhook {
  readonly #client = new OutboundClient(outbound)

  constructor(protected recordAttempt: RecordWebhookAttempt) {}

  async handle(attempt: Attempt) {
    const found = await this.#find(attempt)
    if (!found) return
    const outcome = found.isResting ? RESTING : await this.#send(found)
    await this.recordAttempt.handle(attempt, outcome)
  }

  /** The job failed for reasons of its own. */
  async giveUp(attempt: Attempt) {
    await this.recordAttempt.handle(attempt, { ...RESTING, error: 'internal' })
  }

  #find({ userId, deliveryId, attempt }: Attempt) {
    return tenant.transaction(userId, async (trx) => {
      const delivery = await WebhookDelivery.due(deliveryId, attempt, trx)
      if (!delivery) return
      const webhook = await Webhook.findOrFail(delivery.webhookId, { client: trx })
      return { delivery, webhook, ...(await webhook.standing(trx)) }
    })
  }

  async #send({ delivery, webhook, secrets }: Letter): Promise<Outcome> {
    const startedAt = performance.now()
    const done = (responseStatus: number | null, error: Outcome['error']) => {
      const durationMs = Math.round(performance.now() - startedAt)
      return { responseStatus, durationMs, error }
    }
    try {
      const status = await this.#client.post(webhook.url, {
        headers: headersOf(delivery, secrets),
        body: delivery.body,
        timeout: webhooks.timeout,
      })
      return done(status, status >= 200 && status < 300 ? null : 'status')
    } catch (error) {
      if (error instanceof OutboundFailure) return done(null, error.fault)
      throw error
    }
  }
}

const RESTING: Outcome = { responseStatus: null, durationMs: 0, error: 'resting' }

function headersOf({ id, type, body }: WebhookDelivery, secrets: string[]) {
  return {
    'content-type': 'application/json',
    'user-agent': 'Finora-Webhooks/1',
    'finora-event': type,
    'finora-delivery': id,
    'finora-signature': signatureOf(body, secrets, Math.floor(Date.now() / 1_000)),
  }
}
