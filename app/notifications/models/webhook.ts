import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { sealedColumns } from '#config/secrets'
import { webhooks } from '#config/webhooks'
import { WebhookSchema } from '#database/schema'
import { newWebhookSecret } from '#notifications/domain/webhook_signature'

const { webhookSecret, previousWebhookSecret } = sealedColumns

/** Takes every event, those too that there will be. */
export const EVERY_EVENT = '*'

/** An address that is told what happened to its owner's books. */
export default class Webhook extends WebhookSchema {
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(webhook: Webhook) {
    webhook.id ??= randomUUIDv7()
  }

  /** Keeps others from changing it until the transaction ends. Throws when there is none. */
  static lock(id: string, trx: TransactionClientContract) {
    return Webhook.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
  }

  /** Those that listen, held as they are until the transaction ends. */
  static listening(trx: TransactionClientContract) {
    return Webhook.query({ client: trx }).whereNull('disabled_at').orderBy('id').forShare()
  }

  /** Those that listen and haven't been touched since, but for a minute of requests under way. */
  static madeBefore(moment: Date, trx: TransactionClientContract) {
    return Webhook.query({ client: trx })
      .whereNull('disabled_at')
      .whereRaw(`updated_at < ?::timestamptz + interval '1 minute'`, [moment])
      .orderBy('id')
      .forUpdate()
  }

  static async anyListens(trx: TransactionClientContract) {
    const one = await trx.from(Webhook.table).whereNull('disabled_at').select('id').first()
    return Boolean(one)
  }

  get isEnabled() {
    return this.disabledAt === null
  }

  /** What happens from now on is its business, by the clock that events are dated with. */
  async beginNow(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE webhooks SET created_at = clock_timestamp() WHERE id = ?', [this.id])
  }

  wants({ type, occurredAt }: { type: string; occurredAt: Date }) {
    const isNews = occurredAt.valueOf() >= this.createdAt.valueOf()
    return isNews && (this.events.includes(EVERY_EVENT) || this.events.includes(type))
  }

  /** Gives it its first secret, which is shown once. */
  takeSecret(): string {
    const secret = newWebhookSecret()
    this.secretSealed = webhookSecret.seal(Buffer.from(secret), this.#row)
    return secret
  }

  /** Gives it another secret; the one before signs too for a while. */
  async rotateSecret(trx: TransactionClientContract): Promise<string> {
    const before = webhookSecret.open(this.secretSealed, this.#row)
    const secret = this.takeSecret()
    await trx.rawQuery(
      `UPDATE webhooks SET secret_sealed = ?, previous_secret_sealed = ?,
         previous_secret_until = now() + ? * interval '1 second', updated_at = clock_timestamp()
       WHERE id = ?`,
      [this.secretSealed, previousWebhookSecret.seal(before, this.#row), webhooks.overlap, this.id]
    )
    return secret
  }

  /** The secrets that sign now, the newest first, and whether it is left alone for a moment. */
  async standing(
    trx: TransactionClientContract
  ): Promise<{ secrets: string[]; isResting: boolean }> {
    const { rows } = await trx.rawQuery(
      `SELECT coalesce(resting_until > now(), false) AS resting,
         CASE WHEN previous_secret_until > now() THEN previous_secret_sealed END AS previous
       FROM webhooks WHERE id = ?`,
      [this.id]
    )
    const [{ resting: isResting, previous }] = rows
    const opened = [webhookSecret.open(this.secretSealed, this.#row)]
    if (previous) opened.push(previousWebhookSecret.open(previous, this.#row))
    return { secrets: opened.map(String), isResting }
  }

  /** @param isSlow whether it took so long that the receiver is left alone for a moment */
  async succeeded(isSlow: boolean, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE webhooks SET exhausted = 0, failing_since = NULL, resting_until = rest.ends
       FROM (SELECT CASE WHEN ? THEN now() + ? * interval '1 second' END AS ends) AS rest
       WHERE id = ? AND (failing_since IS NOT NULL OR exhausted > 0
         OR resting_until IS NOT NULL OR rest.ends IS NOT NULL)`,
      [isSlow, webhooks.rest, this.id]
    )
  }

  /**
   * @param failure whether the delivery is given up, and whether the receiver is left alone
   * @returns whether it has failed so often or for so long that it should be disabled
   */
  async failed(
    { isExhausted, isSlow }: { isExhausted: boolean; isSlow: boolean },
    trx: TransactionClientContract
  ): Promise<boolean> {
    const { rows } = await trx.rawQuery(
      `UPDATE webhooks SET exhausted = exhausted + ?, failing_since = coalesce(failing_since, now()),
         resting_until = CASE WHEN ? THEN now() + ? * interval '1 second' ELSE resting_until END
       WHERE id = ?
       RETURNING exhausted >= ? OR failing_since < now() - ? * interval '1 second' AS has_failed`,
      [
        isExhausted ? 1 : 0,
        isSlow,
        webhooks.rest,
        this.id,
        webhooks.disable.failures,
        webhooks.disable.silence,
      ]
    )
    return rows[0].has_failed
  }

  /** Nothing is sent any more, what waits neither. */
  async disable(reason: 'owner' | 'gone' | 'failing' | 'security', trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE webhooks SET disabled_at = now(), disabled_reason = ?, updated_at = clock_timestamp()
       WHERE id = ?`,
      [reason, this.id]
    )
    await trx.rawQuery(
      `UPDATE webhook_deliveries SET status = 'failed', error = 'disabled', next_attempt_at = NULL
       WHERE webhook_id = ? AND status = 'pending'`,
      [this.id]
    )
  }

  /** Whoever is called from now on has never failed. */
  startAnew() {
    this.exhausted = 0
    this.failingSince = null
    this.restingUntil = null
  }

  /** It gets what happens from now on, and may fail anew. */
  async enable(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE webhooks SET disabled_at = NULL, disabled_reason = NULL, exhausted = 0,
         failing_since = NULL, resting_until = NULL, updated_at = clock_timestamp()
       WHERE id = ?`,
      [this.id]
    )
  }

  get #row() {
    return [this.userId, this.id]
  }
}
