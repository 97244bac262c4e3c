import drive from '@adonisjs/drive/services/main'
import { Job } from '#core/queue/job'
import { patiently } from '#core/storage/patiently'

/** Deletes what a file kept in storage. What it misses, the nightly sweep finds. */
export default class DeleteBytes extends Job {
  static override readonly jobName = 'delete-bytes'
  static override readonly queue = 'files'

  override async handle({ key }: { key: string }) {
    await patiently(() => drive.use().delete(key))
  }
}
