import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import RunImport from '#transactions/actions/run_import'

interface Payload {
  userId: string
  importId: string
}

@inject()
export default class ImportTransactions extends Job {
  static override readonly jobName = 'import-transactions'
  static override readonly queue = 'csv-import'

  constructor(protected runImport: RunImport) {
    super()
  }

  override async handle(payload: Payload) {
    await this.runImport.handle(payload)
  }

  override async rescue(payload: Payload) {
    await this.runImport.giveUp(payload)
  }
}
