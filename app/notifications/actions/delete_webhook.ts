import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Webhook from '#notifications/models/webhook'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/** Nothing is sent there any more, and what was is forgotten. */
export default class DeleteWebhook {
  async handle({ actor, id, precondition }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const webhook = await Webhook.lock(id, trx)
      await precondition(webhook, trx)
      await webhook.delete()
      await audit.record(
        { actor, action: 'webhook.deleted', subject: webhook, userId: actor.id },
        trx
      )
    })
  }
}
