import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import CarryOutErasure from '#users/actions/carry_out_erasure'

@inject()
export default class EraseUser extends Job {
  static override readonly jobName = 'erase-user'
  static override readonly queue = 'files'

  constructor(protected carryOutErasure: CarryOutErasure) {
    super()
  }

  override async handle(payload: { userId: string }) {
    await this.carryOutErasure.handle(payload)
  }
}
