import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import MailWebhookNotice from '#notifications/jobs/mail_webhook_notice'
import Webhook from '#notifications/models/webhook'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { url?: string; events?: string[]; description?: string | null; enabled?: boolean }
  precondition: Precondition
}

/** Changes where a webhook leads and what it hears of, ends it for a while or starts it again. */
export default class ChangeWebhook {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const webhook = await Webhook.lock(id, trx)
      await precondition(webhook, trx)
      const { enabled = webhook.isEnabled, ...details } = changes
      const isMoved = details.url !== undefined && details.url !== webhook.url
      if (isMoved) webhook.startAnew()
      await webhook.merge(details).save()
      if (enabled !== webhook.isEnabled) await this.#turn(webhook, enabled, trx)

      const fields = Object.keys(changes)
      await audit.record(
        { actor, action: 'webhook.changed', subject: webhook, data: { fields }, userId: actor.id },
        trx
      )
      if (isMoved) await this.#tellOfMove(webhook, trx)
      return webhook.refresh()
    })
  }

  async #tellOfMove({ userId, id: webhookId }: Webhook, trx: TransactionClientContract) {
    await outbox.enqueue(MailWebhookNotice, { userId, notice: 'moved', webhookId }, trx)
  }

  #turn(webhook: Webhook, on: boolean, trx: TransactionClientContract) {
    return on ? webhook.enable(trx) : webhook.disable('owner', trx)
  }
}
