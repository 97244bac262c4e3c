import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Forget from '#notifications/actions/forget_webhook_deliveries'

@inject()
export default class ForgetWebhookDeliveries extends Job {
  static override readonly jobName = 'forget-webhook-deliveries'
  static override readonly queue = 'notifications'

  constructor(protected action: Forget) {
    super()
  }

  override async handle() {
    await this.action.handle()
  }
}
