import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { webhooks } from '#config/webhooks'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { pauseAfter, type Outcome } from '#notifications/domain/webhook_attempts'
import MailWebhookDisabled from '#notifications/jobs/mail_webhook_disabled'
import Webhook from '#notifications/models/webhook'
import WebhookDelivery from '#notifications/models/webhook_delivery'

interface Made {
  userId: string
  deliveryId: string
  attempt: number
}

/** What a receiver says that is there no more (RFC 9110, 15.5.11). */
const GONE = 410

/** Writes down what came of an attempt, once, and what follows for delivery and webhook. */
export default class RecordWebhookAttempt {
  /** @param isSlow whether the receiver is left alone for a moment */
  async handle({ userId, deliveryId, attempt }: Made, outcome: Outcome, isSlow = false) {
    await tenant.transaction(userId, async (trx) => {
      const found = await WebhookDelivery.due(deliveryId, attempt, trx)
      const webhook = found && (await Webhook.lock(found.webhookId, trx))
      const delivery = await WebhookDelivery.due(deliveryId, attempt, trx)
      if (!webhook || !delivery) return

      const isGone = outcome.responseStatus === GONE
      const pause = isGone || !webhook.isEnabled ? null : pauseAfter(attempt + 1, webhooks.waits)
      await delivery.record(outcome, pause, trx)
      if (outcome.error === null) return webhook.succeeded(isSlow, trx)
      await this.#count(webhook, { attempt, isGone, isSlow }, trx)
    })
  }

  /** A delivery is given up once; that somebody has it sent again and again doesn't count. */
  async #count(
    webhook: Webhook,
    { attempt, isGone, isSlow }: { attempt: number; isGone: boolean; isSlow: boolean },
    trx: TransactionClientContract
  ) {
    const isExhausted = attempt === webhooks.waits.length
    const hasFailed = await webhook.failed({ isExhausted, isSlow }, trx)
    if (webhook.isEnabled && (isGone || hasFailed)) {
      await this.#disable(webhook, isGone ? 'gone' : 'failing', trx)
    }
  }

  async #disable(webhook: Webhook, reason: 'gone' | 'failing', trx: TransactionClientContract) {
    const { userId, id: webhookId } = webhook
    await webhook.disable(reason, trx)
    await audit.record(
      { actor: 'system', action: 'webhook.disabled', subject: webhook, data: { reason }, userId },
      trx
    )
    await outbox.enqueue(MailWebhookDisabled, { userId, webhookId }, trx)
  }
}
