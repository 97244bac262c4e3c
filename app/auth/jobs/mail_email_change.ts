import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import SendEmailChange from '#auth/actions/send_email_change'

@inject()
export default class MailEmailChange extends Job {
  static override readonly jobName = 'mail-email-change'
  static override readonly queue = 'email'

  constructor(protected action: SendEmailChange) {
    super()
  }

  override async handle(payload: { userId: string; verificationId: string }) {
    await this.action.handle(payload)
  }
}
