import { tenant } from '#core/database/tenant'
import { post } from '#core/mail/post'
import WebhookNoticeMail, { type WebhookNotice } from '#notifications/mails/webhook_notice_mail'
import User from '#users/models/user'

export interface NoticePayload {
  userId: string
  notice: WebhookNotice
  /** Which one, unless it is about all of them. */
  webhookId?: string
}

/** Tells the owner what was done to their webhooks, unless they are nobody or kept out. */
export default class NotifyOfWebhooks {
  async handle({ userId, notice, webhookId }: NoticePayload) {
    const user = await tenant.transaction(userId, (trx) => User.find(userId, { client: trx }))
    if (!user || user.isErased || user.isDisabled) return
    await post(new WebhookNoticeMail(user.email, notice, webhookId))
  }
}
