import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Notification from '#notifications/models/notification'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  read: boolean
  precondition: Precondition
}

/** Marks a notification read, or unread again. */
export default class MarkNotification {
  async handle({ actor, id, read, precondition }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const notification = await Notification.lockShown(id, trx)
      await precondition(notification, trx)
      await notification.markRead(read, trx)
      return notification
    })
  }
}
