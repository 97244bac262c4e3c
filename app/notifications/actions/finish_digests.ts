import { inject } from '@adonisjs/core'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { outbox } from '#core/database/outbox'
import { digestPeriod, type DigestTime } from '#notifications/domain/digest_moment'
import MailDigest from '#notifications/jobs/mail_digest'
import Digest from '#notifications/models/digest'
import type NotificationPreferences from '#notifications/models/notification_preferences'
import { DigestContent } from '#notifications/queries/digest_content'

/** By the clock that notifications are dated with, and no earlier than any of them. */
const NOW = `SELECT date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' AS now`

/** Tells of what still waited for a digest when somebody wants none any more. */
@inject()
export default class FinishDigests {
  constructor(protected content: DigestContent) {}

  /** @param time when the digests came that are over */
  async within(
    preferences: NotificationPreferences,
    time: DigestTime,
    trx: TransactionClientContract
  ) {
    const { userId } = preferences
    const { rows } = await trx.rawQuery<{ rows: { now: Date }[] }>(NOW)
    const period = digestPeriod(rows[0].now, time)
    const digest = await Digest.open(userId, period, time.cadence, trx)
    if (!digest) return
    const { total } = await this.content.told(digest, preferences.digestedKinds, trx)
    if (total === 0) return digest.withdraw(trx)
    await outbox.enqueue(MailDigest, { userId, until: period.until.toISOString() }, trx)
  }
}
