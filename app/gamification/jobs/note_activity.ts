import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'

/** Hears that something happened to a user's books. */
@inject()
export default class NoteActivity extends Job {
  static override readonly jobName = 'note-habits'
  static override readonly queue = 'gamification'

  constructor(protected mark: MarkForEvaluation) {
    super()
  }

  override async handle({ userId }: { userId: string }) {
    await this.mark.handle({ userId })
  }
}
