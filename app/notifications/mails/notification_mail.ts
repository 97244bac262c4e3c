import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'
import { kindOf } from '#notifications/domain/kinds'
import type Notification from '#notifications/models/notification'
import type User from '#users/models/user'

/**
 * A notification as a mail: `emails/notifications/<view>_html` and `<view>_text`. What it says
 * may hold words that people or banks chose. To an address that nobody confirmed it goes
 * without them: whoever registers with a stranger's can't write to them in our name.
 */
export default class NotificationMail extends BaseMail {
  constructor(
    readonly user: User,
    readonly notification: Notification
  ) {
    super()
  }

  prepare() {
    const { kind, title, body } = this.notification
    const view = `emails/notifications/${kindOf(kind).mail}`
    const shown = { title, body: this.user.emailVerified ? body : null, appUrl }
    this.message
      .to(this.user.email)
      .subject(title)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView(`${view}_html`, shown)
      .textView(`${view}_text`, shown)
  }
}
