import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import RuleRun from '#transactions/models/rule_run'
import { RuleRunChanges } from '#transactions/queries/rule_run_changes'
import RuleChangeTransformer, {
  ruleChangeSchema,
} from '#transactions/transformers/rule_change_transformer'
import { ruleRunChangesValidator } from '#transactions/validators/rule_validators'

const inOrder = new Keyset({ transactionId: 'uuid' })

@inject()
export default class RuleRunChangesController {
  constructor(protected changes: RuleRunChanges) {}

  @operation({
    summary: 'What a run has changed',
    description:
      'Each transaction with its values before and after, also when it is gone by now. Empty once that is forgotten (`logForgottenAt` of the run).',
    request: { query: ruleRunChangesValidator },
    responses: { 200: list(ruleChangeSchema) },
  })
  async index({ caller, params, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(ruleRunChangesValidator)
    const after = inOrder.after(cursor)?.transactionId
    const [rows] = await caller.read((reader) =>
      Promise.all([
        this.changes.handle(reader, params.id, limit + 1, after),
        recordOf(reader, RuleRun, params.id),
      ])
    )
    const { data, meta } = inOrder.page(rows, limit)
    return { data: RuleChangeTransformer.transform(data), meta }
  }
}
