import { inject } from '@adonisjs/core'
import { RecordRefusedAccess } from '#core/audit/record_refused_access'
import { Job } from '#core/queue/job'

@inject()
export default class RefusedAccessJob extends Job {
  static override readonly jobName = 'record-refused-access'
  static override readonly queue = 'notifications'

  constructor(protected recordRefusedAccess: RecordRefusedAccess) {
    super()
  }

  override async handle() {
    await this.recordRefusedAccess.handle()
  }
}
