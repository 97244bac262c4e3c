import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import MarkDueForEvaluation from '#gamification/actions/mark_due_for_evaluation'

/** Days end and periods are over, though nobody did anything. */
@inject()
export default class EvaluateDueHabits extends Job {
  static override readonly jobName = 'evaluate-due-habits'
  static override readonly queue = 'gamification'

  constructor(protected markDue: MarkDueForEvaluation) {
    super()
  }

  override async handle() {
    await this.markDue.handle()
  }
}
