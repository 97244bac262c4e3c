import { inject } from '@adonisjs/core'
import type { Stretch } from '#core/activity/activity'
import { Job } from '#core/queue/job'
import Ask from '#notifications/actions/ask_for_evaluation'

/** Hears that a balance, or what is booked, may be another. */
@inject()
export default class AskForEvaluation extends Job {
  static override readonly jobName = 'ask-for-evaluation'
  static override readonly queue = 'notifications'

  constructor(protected action: Ask) {
    super()
  }

  override async handle(stretch: Stretch) {
    await this.action.handle(stretch)
  }
}
