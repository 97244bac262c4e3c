import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { webhooks } from '#config/webhooks'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import MailWebhookNotice from '#notifications/jobs/mail_webhook_notice'
import Webhook from '#notifications/models/webhook'
import type User from '#users/models/user'

interface Input {
  actor: User
  url: string
  events: string[]
  description?: string | null
  enabled?: boolean
}

/** Has an address told what happens from now on. Throws `Conflict` when there are too many. */
export default class CreateWebhook {
  async handle({ actor, url, events, description = null, enabled = true }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      await this.#makeRoom(actor, trx)
      const webhook = new Webhook().merge({ userId: actor.id, url, events, description })
      Webhook.prepare(webhook)
      const secret = webhook.takeSecret()
      await webhook.useTransaction(trx).save()
      await webhook.beginNow(trx)
      if (!enabled) await webhook.disable('owner', trx)

      await audit.record(
        { actor, action: 'webhook.created', subject: webhook, data: { events }, userId: actor.id },
        trx
      )
      const made = { userId: actor.id, notice: 'made', webhookId: webhook.id } as const
      await outbox.enqueue(MailWebhookNotice, made, trx)
      return { webhook: await webhook.refresh(), secret }
    })
  }

  async #makeRoom(actor: User, trx: TransactionClientContract) {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || ?, 0))`, [
      actor.id,
    ])
    const { rows } = await trx.rawQuery('SELECT count(*)::integer AS kept FROM webhooks')
    if (rows[0].kept >= webhooks.most) {
      throw new Conflict(`There can be ${webhooks.most} webhooks. Delete one first.`)
    }
  }
}
