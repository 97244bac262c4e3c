import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import NotifyOfWebhooks, { type NoticePayload } from '#notifications/actions/notify_of_webhooks'

@inject()
export default class MailWebhookNotice extends Job {
  static override readonly jobName = 'mail-webhook-notice'
  static override readonly queue = 'email'

  constructor(protected action: NotifyOfWebhooks) {
    super()
  }

  override async handle(payload: NoticePayload) {
    await this.action.handle(payload)
  }
}
