import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { webhooks } from '#config/webhooks'
import { WebhookDeliverySchema } from '#database/schema'
import { outbox } from '#core/database/outbox'
import type { AttemptError, Outcome } from '#notifications/domain/webhook_attempts'
import { messageOf, type WebhookEvent } from '#notifications/domain/webhook_message'

/** One try, as it stands in the log of its delivery. */
export interface LoggedAttempt extends Outcome {
  at: string
}

interface Ids {
  userId: string
  webhookId: string
}

/** For how long an attempt is believed to be under way that nobody says the end of (seconds). */
const LONGEST_ATTEMPT = webhooks.timeout / 1_000 + 5

/** How many attempts of a delivery are remembered. */
const LOGGED = 20

/**
 * An event on its way to a webhook. Each attempt is a job that knows how many there
 * were before it, so of two for the same attempt one finds nothing to do.
 */
export default class WebhookDelivery extends WebhookDeliverySchema {
  static selfAssignPrimaryKey = true

  declare error: AttemptError | null
  declare attemptsLog: LoggedAttempt[]

  /** Has these events delivered, each once, however often this is called. */
  static async open(
    { userId, webhookId }: Ids,
    events: WebhookEvent[],
    trx: TransactionClientContract
  ): Promise<string[]> {
    if (events.length === 0) return []
    const { rows } = await trx.rawQuery<{ rows: { id: string }[] }>(
      `INSERT INTO webhook_deliveries (user_id, id, webhook_id, event_id, type, body)
       SELECT ?::uuid, e.* FROM (
         SELECT d.id, ?::uuid, d.event_id, d.type, d.body
         FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) AS d(id, event_id, type, body)
       ) AS e
       ON CONFLICT (user_id, webhook_id, event_id) DO NOTHING RETURNING id`,
      [
        userId,
        webhookId,
        events.map(() => randomUUIDv7()),
        events.map(({ id }) => id),
        events.map(({ type }) => type),
        events.map(messageOf),
      ]
    )
    const { default: DeliverWebhook } = await import('#notifications/jobs/deliver_webhook')
    await outbox.enqueueAll(
      rows.map(({ id }) => [DeliverWebhook, { userId, deliveryId: id, attempt: 0 }]),
      trx
    )
    return rows.map(({ id }) => id)
  }

  /** It, unless somebody made this attempt already. */
  static due(id: string, attempt: number, trx: TransactionClientContract) {
    return WebhookDelivery.query({ client: trx })
      .where({ id, attempts: attempt, status: 'pending' })
      .first()
  }

  /**
   * Counts as under way until its attempt is recorded. Answers false, and changes
   * nothing, while as many of its owner's others are as may be.
   */
  async begin(trx: TransactionClientContract): Promise<boolean> {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtextextended('deliveries:' || ?, 0))`, [
      this.userId,
    ])
    const { rowCount } = await trx.rawQuery(
      `UPDATE webhook_deliveries SET under_way_until = clock_timestamp() + ? * interval '1 second'
       WHERE id = ? AND ? > (
         SELECT count(*) FROM webhook_deliveries WHERE under_way_until > clock_timestamp() AND id <> ?
       )`,
      [LONGEST_ATTEMPT, this.id, webhooks.atOnce, this.id]
    )
    return rowCount === 1
  }

  /**
   * Writes down what came of an attempt, and has the next made.
   *
   * @param pause seconds until then; null when there is none
   */
  async record(outcome: Outcome, pause: number | null, trx: TransactionClientContract) {
    const status = outcome.error === null ? 'delivered' : pause === null ? 'failed' : 'pending'
    await trx.rawQuery(
      `UPDATE webhook_deliveries SET status = s.status, attempts = attempts + 1, under_way_until = NULL,
         response_status = (outcome->>'responseStatus')::smallint,
         duration_ms = (outcome->>'durationMs')::integer, error = outcome->>'error',
         delivered_at = CASE s.status WHEN 'delivered' THEN now() END,
         next_attempt_at = CASE s.status WHEN 'pending' THEN now() + pause * interval '1 second' END,
         attempts_log = CASE WHEN jsonb_array_length(attempts_log) < ${LOGGED} THEN attempts_log
           ELSE attempts_log - 0 END || (jsonb_build_object('at', now()) || outcome)
       FROM (SELECT ?::text AS status, ?::jsonb AS outcome, ?::integer AS pause) AS s WHERE id = ?`,
      [status, JSON.stringify(outcome), pause ?? 0, this.id]
    )
    if (status === 'pending') await this.#enqueue(this.attempts + 1, pause!, trx)
  }

  /** Has it sent once more, now; does nothing when it is being sent or about to be. */
  async retry(trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      `UPDATE webhook_deliveries SET status = 'pending', next_attempt_at = now(), delivered_at = NULL
       WHERE id = ? AND NOT (status = 'pending'
         AND next_attempt_at BETWEEN now() - interval '10 minutes' AND now())`,
      [this.id]
    )
    if (rowCount === 1) await this.#enqueue(this.attempts, 0, trx)
  }

  async #enqueue(attempt: number, delaySeconds: number, trx: TransactionClientContract) {
    const { default: DeliverWebhook } = await import('#notifications/jobs/deliver_webhook')
    const payload = { userId: this.userId, deliveryId: this.id, attempt }
    await outbox.enqueue(DeliverWebhook, payload, trx, { delaySeconds })
  }
}
