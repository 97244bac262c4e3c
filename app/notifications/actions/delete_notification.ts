import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Notification from '#notifications/models/notification'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/** Takes a notification away; what it told of is not told again. */
export default class DeleteNotification {
  async handle({ actor, id, precondition }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const notification = await Notification.lockShown(id, trx)
      await precondition(notification, trx)
      await notification.remove(trx)
    })
  }
}
