import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import SendPasswordReset from '#auth/actions/send_password_reset'

@inject()
export default class MailPasswordReset extends Job {
  static override readonly jobName = 'mail-password-reset'
  static override readonly queue = 'email'

  constructor(protected action: SendPasswordReset) {
    super()
  }

  override async handle(payload: { userId: string }) {
    await this.action.handle(payload)
  }
}
