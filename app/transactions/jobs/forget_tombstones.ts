import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Forget from '#transactions/actions/forget_tombstones'

@inject()
export default class ForgetTombstones extends Job {
  static override readonly jobName = 'forget-tombstones'
  static override readonly queue = 'csv-import'

  constructor(protected forget: Forget) {
    super()
  }

  override async handle() {
    await this.forget.handle()
  }
}
