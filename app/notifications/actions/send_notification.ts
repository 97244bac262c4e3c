import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import { runningJob } from '#core/queue/running_job'
import NotificationMail from '#notifications/mails/notification_mail'
import Notification from '#notifications/models/notification'
import NotificationPreferences from '#notifications/models/notification_preferences'
import User from '#users/models/user'

interface Input {
  userId: string
  notificationId: string
}

/**
 * Mails a notification, unless that was done, is not wanted any more or left to a digest by now. What became due while
 * the mail server was away, and would arrive in quiet hours, waits for their end.
 */
export default class SendNotification {
  async handle({ userId, notificationId }: Input) {
    const mail = await tenant.transaction(userId, async (trx) => {
      const user = await User.find(userId, { client: trx })
      const notification = await Notification.find(notificationId, { client: trx })
      if (!user || user.isErased || !notification) return null
      if (notification.emailedAt || notification.deletedAt) return null

      const preferences = await NotificationPreferences.of(userId, trx)
      if (!preferences.mailsAtOnce(notification.kind)) return null

      const until = preferences.quietUntil(notification.kind, new Date(), user.timezone)
      if (until === null) return new NotificationMail(user, notification)
      const { default: MailNotification } = await import('#notifications/jobs/mail_notification')
      const delaySeconds = Math.ceil((until.getTime() - Date.now()) / 1_000)
      const after = runningJob.getStore()?.jobId
      await outbox.enqueue(MailNotification, { userId, notificationId }, trx, {
        delaySeconds,
        after,
      })
      return null
    })
    if (!mail) return

    await post(mail)
    await tenant.transaction(userId, (trx) => mail.notification.noteMailed(trx))
  }
}
