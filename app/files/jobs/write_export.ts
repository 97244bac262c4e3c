import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import GatherExport from '#files/actions/gather_export'

interface Payload {
  userId: string
  exportId: string
}

@inject()
export default class WriteExport extends Job {
  static override readonly jobName = 'write-export'
  static override readonly queue = 'files'

  constructor(protected gatherExport: GatherExport) {
    super()
  }

  override async handle(payload: Payload) {
    await this.gatherExport.handle(payload)
  }

  override async rescue(payload: Payload) {
    await this.gatherExport.giveUp(payload)
  }
}
