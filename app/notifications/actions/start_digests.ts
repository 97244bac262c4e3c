import { outbox } from '#core/database/outbox'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { forEverybody } from '#core/queue/for_everybody'
import { digestPeriod } from '#notifications/domain/digest_moment'
import MailDigest from '#notifications/jobs/mail_digest'
import Digest from '#notifications/models/digest'
import NotificationPreferences from '#notifications/models/notification_preferences'
import User from '#users/models/user'

/** A daily digest that is later than this is left to the next (milliseconds). */
const TOO_LATE = 12 * 60 * 60 * 1_000

/** Starts every digest that is due, once, however many do so at a time. */
export default class StartDigests {
  async handle() {
    await forEverybody(
      (after, limit) => this.#due(after, limit),
      (userId) => this.#start(userId)
    )
  }

  async #due(after: string, limit: number): Promise<string[]> {
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery<{ rows: { user_id: string }[] }>(
        `SELECT user_id FROM notification_preferences
         WHERE next_digest_at <= now() AND user_id > ? ORDER BY user_id LIMIT ?`,
        [after, limit]
      )
    )
    return rows.map((row) => row.user_id)
  }

  async #start(userId: string) {
    await tenant.transaction(userId, async (trx) => {
      const user = await User.find(userId, { client: trx })
      if (!user) return
      const preferences = await NotificationPreferences.lock(userId, trx)
      const time = preferences.digestTime(user.timezone)
      const due = preferences.nextDigestAt?.toJSDate()
      if (!time || !due || due > new Date()) return

      await preferences.planDigest(user.timezone, trx)
      const isTooLate = time.cadence === 'daily' && Date.now() - due.getTime() > TOO_LATE
      if (user.isDisabled || isTooLate) return
      const period = digestPeriod(due, time)
      if (await Digest.open(userId, period, time.cadence, trx)) {
        await outbox.enqueue(MailDigest, { userId, until: due.toISOString() }, trx)
      }
    })
  }
}
