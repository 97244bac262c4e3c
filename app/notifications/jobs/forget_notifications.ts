import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Forget from '#notifications/actions/forget_notifications'

@inject()
export default class ForgetNotifications extends Job {
  static override readonly jobName = 'forget-notifications'
  static override readonly queue = 'notifications'

  constructor(protected action: Forget) {
    super()
  }

  override async handle() {
    await this.action.handle()
  }
}
