import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'

interface Facts {
  webhookId: string
  reason: 'gone' | 'failing'
}

/**
 * A webhook was disabled. It is named by its id: nothing that people chose stands in
 * our mails, so that nobody writes to a stranger's address in our name.
 */
export default class WebhookDisabledMail extends BaseMail {
  override readonly subject = 'A webhook was disabled'

  constructor(
    readonly to: string,
    readonly facts: Facts
  ) {
    super()
  }

  prepare() {
    const shown = { ...this.facts, title: this.subject, appUrl }
    this.message
      .to(this.to)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView('emails/notifications/webhook_disabled_html', shown)
      .textView('emails/notifications/webhook_disabled_text', shown)
  }
}
