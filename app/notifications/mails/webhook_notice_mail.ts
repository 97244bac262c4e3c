import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'

const SUBJECTS = {
  made: 'A webhook was made',
  moved: 'A webhook leads elsewhere',
  stopped: 'Your webhooks were disabled',
}

export type WebhookNotice = keyof typeof SUBJECTS

/** What was done to webhooks. They are named by their ids, as in `WebhookDisabledMail`. */
export default class WebhookNoticeMail extends BaseMail {
  override readonly subject: string

  constructor(
    readonly to: string,
    readonly notice: WebhookNotice,
    readonly webhookId?: string
  ) {
    super()
    this.subject = SUBJECTS[notice]
  }

  prepare() {
    const { webhookId, subject: title } = this
    const shown = { webhookId, title, appUrl }
    this.message
      .to(this.to)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView(`emails/notifications/webhook_${this.notice}_html`, shown)
      .textView(`emails/notifications/webhook_${this.notice}_text`, shown)
  }
}
