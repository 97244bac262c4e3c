import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Alert from '#notifications/models/alert'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition<Alert>
}

/** Stops watching; what was told stays told. */
export default class DeleteAlert {
  async handle({ actor, id, precondition }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const alert = await Alert.lock(id, trx)
      await precondition(alert, trx)
      await alert.delete()
      await audit.record({ actor, action: 'alert.deleted', subject: alert, userId: actor.id }, trx)
    })
  }
}
