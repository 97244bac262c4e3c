import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import CarryOutRuleRun from '#transactions/actions/carry_out_rule_run'

interface Payload {
  userId: string
  runId: string
}

@inject()
export default class RunRules extends Job {
  static override readonly jobName = 'run-rules'
  static override readonly queue = 'csv-import'

  constructor(protected carryOut: CarryOutRuleRun) {
    super()
  }

  override async handle(payload: Payload) {
    await this.carryOut.handle(payload)
  }

  override async rescue(payload: Payload) {
    await this.carryOut.giveUp(payload)
  }
}
