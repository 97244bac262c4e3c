import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Forget from '#files/actions/forget_expired_files'

@inject()
export default class ForgetExpiredFiles extends Job {
  static override readonly jobName = 'forget-expired-files'
  static override readonly queue = 'files'

  constructor(protected forget: Forget) {
    super()
  }

  override async handle() {
    await this.forget.handle()
  }
}
