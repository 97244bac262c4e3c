import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import SendNotification from '#notifications/actions/send_notification'

@inject()
export default class MailNotification extends Job {
  static override readonly jobName = 'mail-notification'
  static override readonly queue = 'email'

  constructor(protected action: SendNotification) {
    super()
  }

  override async handle(payload: { userId: string; notificationId: string }) {
    await this.action.handle(payload)
  }
}
