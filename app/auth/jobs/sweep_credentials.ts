import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import ForgetExpired from '#auth/actions/forget_expired'

@inject()
export default class SweepCredentials extends Job {
  static override readonly jobName = 'sweep-credentials'
  static override readonly queue = 'email'

  constructor(protected forgetExpired: ForgetExpired) {
    super()
  }

  override async handle() {
    await this.forgetExpired.handle()
  }
}
