import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Webhook from '#notifications/models/webhook'
import type User from '#users/models/user'

/** Gives a webhook another secret. The one before signs too until receivers have taken it over. */
export default class RotateWebhookSecret {
  async handle({ actor, id }: { actor: User; id: string }) {
    return tenant.transaction(actor.id, async (trx) => {
      const webhook = await Webhook.lock(id, trx)
      const secret = await webhook.rotateSecret(trx)
      await audit.record(
        { actor, action: 'webhook.secret-rotated', subject: webhook, userId: actor.id },
        trx
      )
      return { webhook: await webhook.refresh(), secret }
    })
  }
}
