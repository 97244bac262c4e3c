import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { activity, type Stretch } from '#core/activity/activity'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import MailWebhookNotice from '#notifications/jobs/mail_webhook_notice'
import Webhook from '#notifications/models/webhook'

/** What tells that somebody else may have been in, or that nobody may. */
const ENDINGS = ['password.reset', 'user.disabled']

/** Ends the webhooks that somebody may have made who is out now; their owner enables them again. */
export default class DisableWebhooks {
  async handle(stretch: Stretch) {
    const { userId } = stretch
    await tenant.transaction(userId, async (trx) => {
      const events = await activity.read(stretch, trx)
      const ending = events.findLast(({ action }) => ENDINGS.includes(action))
      const webhooks = ending ? await Webhook.madeBefore(ending.occurredAt, trx) : []
      if (webhooks.length === 0) return

      for (const webhook of webhooks) await this.#disable(webhook, trx)
      await outbox.enqueue(MailWebhookNotice, { userId, notice: 'stopped' }, trx)
    })
  }

  async #disable(webhook: Webhook, trx: TransactionClientContract) {
    const { userId } = webhook
    await webhook.disable('security', trx)
    await audit.record(
      {
        actor: 'system',
        action: 'webhook.disabled',
        subject: webhook,
        data: { reason: 'security' },
        userId,
      },
      trx
    )
  }
}
