import { inject } from '@adonisjs/core'
import EvaluateHabits from '#gamification/actions/evaluate_habits'
import { Job } from '#core/queue/job'

/** Brings a user's points, badges and challenges to what their books say. */
@inject()
export default class EvaluateHabitsJob extends Job {
  static override readonly jobName = 'evaluate-habits'
  static override readonly queue = 'gamification'

  constructor(protected evaluate: EvaluateHabits) {
    super()
  }

  override async handle({ userId }: { userId: string }) {
    await this.evaluate.handle({ userId })
  }
}
