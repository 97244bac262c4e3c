import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import NotifyOfDisabledWebhook from '#notifications/actions/notify_of_disabled_webhook'

@inject()
export default class MailWebhookDisabled extends Job {
  static override readonly jobName = 'mail-webhook-disabled'
  static override readonly queue = 'email'

  constructor(protected action: NotifyOfDisabledWebhook) {
    super()
  }

  override async handle(payload: { userId: string; webhookId: string }) {
    await this.action.handle(payload)
  }
}
