import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import AskForAll from '#notifications/actions/ask_for_all_evaluations'

@inject()
export default class AskForAllEvaluations extends Job {
  static override readonly jobName = 'ask-for-all-evaluations'
  static override readonly queue = 'notifications'

  constructor(protected action: AskForAll) {
    super()
  }

  override async handle() {
    await this.action.handle()
  }
}
