import { inject } from '@adonisjs/core'
import type { Stretch } from '#core/activity/activity'
import { Job } from '#core/queue/job'
import Evaluate from '#notifications/actions/evaluate_alerts'

@inject()
export default class EvaluateAlerts extends Job {
  static override readonly jobName = 'evaluate-alerts'
  static override readonly queue = 'notifications'

  constructor(protected action: Evaluate) {
    super()
  }

  override async handle(stretch: Stretch) {
    await this.action.handle(stretch)
  }
}
