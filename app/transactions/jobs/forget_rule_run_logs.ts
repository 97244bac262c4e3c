import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Forget from '#transactions/actions/forget_rule_run_logs'

@inject()
export default class ForgetRuleRunLogs extends Job {
  static override readonly jobName = 'forget-rule-run-logs'
  static override readonly queue = 'csv-import'

  constructor(protected forget: Forget) {
    super()
  }

  override async handle() {
    await this.forget.handle()
  }
}
