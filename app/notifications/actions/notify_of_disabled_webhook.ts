import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import WebhookDisabledMail from '#notifications/mails/webhook_disabled_mail'
import Webhook from '#notifications/models/webhook'
import User from '#users/models/user'

/** Tells the owner that nothing reaches a webhook of theirs any more, unless that changed meanwhile. */
export default class NotifyOfDisabledWebhook {
  async handle({ userId, webhookId }: { userId: string; webhookId: string }) {
    const { user, webhook } = await tenant.transaction(userId, async (trx) => ({
      user: await User.find(userId, { client: trx }),
      webhook: await Webhook.find(webhookId, { client: trx }),
    }))
    if (!user || user.isErased || !webhook || webhook.isEnabled) return
    const reason = webhook.disabledReason === 'gone' ? 'gone' : 'failing'
    await post(new WebhookDisabledMail(user.email, { webhookId, reason }))
  }
}
