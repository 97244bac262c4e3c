import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Sweep from '#files/actions/sweep_storage'

@inject()
export default class SweepStorage extends Job {
  static override readonly jobName = 'sweep-storage'
  static override readonly queue = 'files'

  constructor(protected sweep: Sweep) {
    super()
  }

  override async handle() {
    await this.sweep.handle()
  }
}
