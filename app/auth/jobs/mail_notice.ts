import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import NotifyOwner, { type Notice } from '#auth/actions/notify_owner'

@inject()
export default class MailNotice extends Job {
  static override readonly jobName = 'mail-notice'
  static override readonly queue = 'email'

  constructor(protected action: NotifyOwner) {
    super()
  }

  override async handle(payload: { userId: string; notice: Notice }) {
    await this.action.handle(payload)
  }
}
