import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import UndoImport from '#transactions/actions/undo_import'

@inject()
export default class RevertImport extends Job {
  static override readonly jobName = 'revert-import'
  static override readonly queue = 'csv-import'

  constructor(protected undoImport: UndoImport) {
    super()
  }

  override async handle(payload: { userId: string; importId: string; actorId?: string }) {
    await this.undoImport.handle(payload)
  }
}
