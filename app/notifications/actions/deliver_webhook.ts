import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import { outbound, webhooks } from '#config/webhooks'
import { tenant } from '#core/database/tenant'
import { OutboundClient, OutboundFailure } from '#core/http/network/outbound_client'
import { Postponed } from '#core/queue/postponed'
import RecordWebhookAttempt from '#notifications/actions/record_webhook_attempt'
import { errorOf, type Outcome } from '#notifications/domain/webhook_attempts'
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

/** For how long at most an attempt makes room for others (milliseconds). */
const LONGEST_WAIT = 60_000

/**
 * Makes one attempt at a delivery. Nothing is held meanwhile: a worker that is killed
 * between the answer and its record makes the attempt again, so a receiver may hear
 * an event twice, and never not at all. Throws `Postponed` while too many of the
 * user's are under way.
 */
@inject()
export default class DeliverWebhook {
  readonly #client = new OutboundClient(outbound)

  constructor(protected recordAttempt: RecordWebhookAttempt) {}

  async handle(attempt: Attempt) {
    const found = await this.#find(attempt)
    if (!found) return
    if (found.isResting) return this.recordAttempt.handle(attempt, RESTING)

    const startedAt = performance.now()
    const outcome = await this.#send(found, startedAt)
    const isSlow = performance.now() - startedAt > webhooks.slow
    await this.recordAttempt.handle(attempt, outcome, isSlow)
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
      const standing = await webhook.standing(trx)
      if (!standing.isResting && !(await delivery.begin(trx))) {
        throw new Postponed('others of the user are under way', LONGEST_WAIT)
      }
      return { delivery, webhook, ...standing }
    })
  }

  async #send({ delivery, webhook, secrets }: Letter, startedAt: number): Promise<Outcome> {
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
      if (!(error instanceof OutboundFailure)) throw error
      this.#log(delivery, error)
      const outcome = done(null, errorOf(error.fault))
      return outcome.error === 'address' ? { ...outcome, durationMs: null } : outcome
    }
  }

  /** What happened in detail is the operator's to know, not the owner's. */
  #log({ id: deliveryId, webhookId }: WebhookDelivery, { fault, cause }: OutboundFailure) {
    const { code } = (cause ?? {}) as NodeJS.ErrnoException
    logger.info({ deliveryId, webhookId, fault, code }, 'a webhook was not reached')
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
