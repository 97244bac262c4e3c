import { inject } from '@adonisjs/core'
import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import { digestPeriod } from '#notifications/domain/digest_moment'
import DigestMail from '#notifications/mails/digest_mail'
import Digest from '#notifications/models/digest'
import Notification from '#notifications/models/notification'
import NotificationPreferences from '#notifications/models/notification_preferences'
import { DigestContent, type MoneyPicture } from '#notifications/queries/digest_content'
import User from '#users/models/user'

/**
 * Mails what a user has not read since the last digest, and how their money did, unless that
 * was done or there is nothing to say. What is being told meanwhile is waited for: the next
 * digest begins where this one ends.
 */
@inject()
export default class SendDigest {
  constructor(protected content: DigestContent) {}

  async handle({ userId, until }: { userId: string; until: string }) {
    const mail = await tenant.transaction(userId, async (trx) => {
      await Notification.lockOrder(userId, trx)
      const user = await User.find(userId, { client: trx })
      const digest = await Digest.at(new Date(until), trx)
      if (!user || user.isErased || !user.emailVerified || !digest || digest.mailedAt) return null

      const preferences = await NotificationPreferences.of(userId, trx)
      const period = digestPeriod(new Date(until), {
        cadence: digest.cadence,
        timeZone: user.timezone,
      })
      const { told, total } = await this.content.told(digest, preferences.digestedKinds, trx)
      const money = await this.content.money(period.firstDay, period.lastDay, trx)
      if (total === 0 && money.every(isNothing)) return null
      return new DigestMail(user, digest, { ...period, told, more: total - told.length, money })
    })
    if (!mail) return

    await post(mail)
    await tenant.transaction(userId, (trx) => mail.digest.noteMailed(trx))
  }
}

function isNothing({ income, expenses, balance }: MoneyPicture) {
  return income === 0 && expenses === 0 && balance === 0
}
