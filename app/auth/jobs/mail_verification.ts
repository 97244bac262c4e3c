import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import SendVerification from '#auth/actions/send_verification'

@inject()
export default class MailVerification extends Job {
  static override readonly jobName = 'mail-verification'
  static override readonly queue = 'email'

  constructor(protected action: SendVerification) {
    super()
  }

  override async handle(payload: { userId: string }) {
    await this.action.handle(payload)
  }
}
