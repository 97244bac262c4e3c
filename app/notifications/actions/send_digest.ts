import { inject } from '@adonisjs/core'
import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import { digestPeriod } from '#notifications/domain/digest_moment'
import DigestMail from '#notifications/mails/digest_mail'
import Digest from '#notifications/models/digest'
import NotificationPreferences from '#notifications/models/notification_preferences'
import { DigestContent } from '#notifications/queries/digest_content'
import User from '#users/models/user'

/**
 * Mails what a user has not read of a day or a week, and how their money did, unless that was
 * done, there is nothing to say, or they want no digest any more.
 */
@inject()
export default class SendDigest {
  constructor(protected content: DigestContent) {}

  async handle({ userId, day }: { userId: string; day: string }) {
    const mail = await tenant.transaction(userId, async (trx) => {
      const user = await User.find(userId, { client: trx })
      const digest = await Digest.dueOn(day, trx)
      if (!user || user.isErased || !user.emailVerified || !digest || digest.mailedAt) return null

      const preferences = await NotificationPreferences.of(userId, trx)
      const time = preferences.digestTime(user.timezone)
      if (!time) return null

      const period = digestPeriod(digest.untilAt.toJSDate(), { ...time, cadence: digest.cadence })
      const told = await this.content.told(digest, preferences.digestedKinds, trx)
      const money = await this.content.money(period.firstDay, period.lastDay, trx)
      if (told.length + money.length === 0) return null
      return new DigestMail(user, digest, { ...period, told, money })
    })
    if (!mail) return

    await post(mail)
    await tenant.transaction(userId, (trx) => mail.digest.noteMailed(trx))
  }
}
