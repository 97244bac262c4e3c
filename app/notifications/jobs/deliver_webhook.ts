import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Deliver, { type Attempt } from '#notifications/actions/deliver_webhook'

@inject()
export default class DeliverWebhook extends Job {
  static override readonly jobName = 'deliver-webhook'
  static override readonly queue = 'webhooks'

  constructor(protected deliver: Deliver) {
    super()
  }

  override async handle(attempt: Attempt) {
    await this.deliver.handle(attempt)
  }

  override async rescue(attempt: Attempt) {
    await this.deliver.giveUp(attempt)
  }
}
