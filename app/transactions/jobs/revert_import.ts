import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import UndoImport from '#transactions/actions/undo_import'

interface Payload {
  userId: string
  importId: string
  actorId?: string
}

@inject()
export default class RevertImport extends Job {
  static override readonly jobName = 'revert-import'
  static override readonly queue = 'csv-import'

  constructor(protected undoImport: UndoImport) {
    super()
  }

  override async handle(payload: Payload) {
    await this.undoImport.handle(payload)
  }

  override async rescue(payload: Payload) {
    await this.undoImport.giveUp(payload)
  }
}
