import { inject } from '@adonisjs/core'
import type { Stretch } from '#core/activity/activity'
import { Job } from '#core/queue/job'
import Disable from '#notifications/actions/disable_webhooks'

@inject()
export default class DisableWebhooks extends Job {
  static override readonly jobName = 'disable-webhooks'
  static override readonly queue = 'notifications'

  constructor(protected action: Disable) {
    super()
  }

  override async handle(stretch: Stretch) {
    await this.action.handle(stretch)
  }
}
