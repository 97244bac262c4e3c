import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestRuleRunReversal from '#transactions/actions/request_rule_run_reversal'
import RuleRunTransformer, { ruleRunSchema } from '#transactions/transformers/rule_run_transformer'

@inject()
export default class RuleRunReversalsController {
  constructor(protected requestReversal: RequestRuleRunReversal) {}

  @operation({
    summary: 'Take a run back',
    description:
      'Every value goes back to what it was, unless somebody has set it since, by hand or by another rule: ' +
      'then it stays and is counted as `kept`. Refused once what the run has changed is forgotten (`logForgottenAt`).',
    responses: { 202: ruleRunSchema },
    errors: ['Conflict'],
    idempotent: true,
  })
  async store({ auth, params, response }: HttpContext) {
    const run = await this.requestReversal.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.accepted(RuleRunTransformer.transform(run))
  }
}
