import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Evaluate from '#notifications/actions/evaluate_alerts'

@inject()
export default class EvaluateAlerts extends Job {
  static override readonly jobName = 'evaluate-alerts'
  static override readonly queue = 'notifications'

  constructor(protected action: Evaluate) {
    super()
  }

  override async handle({ userId }: { userId: string }) {
    await this.action.handle({ userId })
  }
}
