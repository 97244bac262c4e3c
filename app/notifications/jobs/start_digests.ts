import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Start from '#notifications/actions/start_digests'

@inject()
export default class StartDigests extends Job {
  static override readonly jobName = 'start-digests'
  static override readonly queue = 'notifications'

  constructor(protected action: Start) {
    super()
  }

  override async handle() {
    await this.action.handle()
  }
}
