import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import StartRuleRun from '#transactions/actions/start_rule_run'
import RuleRun from '#transactions/models/rule_run'
import { RuleRunList } from '#transactions/queries/rule_run_list'
import RuleRunTransformer, { ruleRunSchema } from '#transactions/transformers/rule_run_transformer'
import { listRuleRunsValidator, runRuleValidator } from '#transactions/validators/rule_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class RuleRunsController {
  constructor(
    protected runs: RuleRunList,
    protected startRun: StartRuleRun
  ) {}

  @operation({
    summary: 'List runs of rules',
    request: { query: listRuleRunsValidator },
    responses: { 200: list(ruleRunSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor, ruleId } = await request.validateUsing(listRuleRunsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.runs.handle(reader, { ruleId }, limit + 1, before)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: RuleRunTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Run a rule over the history',
    description:
      'The rule as it is now, enabled or not, on the transactions there are now. A category or payee is replaced ' +
      'unless a person has set it (`lockedFields`), tags are added; splits and transfers keep their categories. ' +
      'Answers before anything is changed; runs of one user are done one after the other.',
    request: { body: runRuleValidator },
    responses: { 202: ruleRunSchema },
    idempotent: true,
  })
  async store({ auth, params, request, response }: HttpContext) {
    const run = await this.startRun.handle({
      actor: auth.getUserOrFail(),
      ruleId: params.id,
      ...(await request.validateUsing(runRuleValidator)),
    })
    response.header('location', `/api/v1/transactions/rules/runs/${run.id}`)
    return response.accepted(RuleRunTransformer.transform(run))
  }

  @operation({ summary: 'A run of a rule', responses: { 200: ruleRunSchema } })
  async show({ caller, params }: HttpContext) {
    const run = await caller.read((reader) => recordOf(reader, RuleRun, params.id))
    return RuleRunTransformer.transform(run)
  }
}
