import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import SendDigest from '#notifications/actions/send_digest'

@inject()
export default class MailDigest extends Job {
  static override readonly jobName = 'mail-digest'
  static override readonly queue = 'email'

  constructor(protected action: SendDigest) {
    super()
  }

  override async handle(payload: { userId: string; until: string }) {
    await this.action.handle(payload)
  }
}
