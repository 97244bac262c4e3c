import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { array, boolean, integer, nullable, object, text } from '#core/openapi/schema'
import { RulePreview } from '#transactions/queries/rule_preview'
import {
  previewedChangeSchema,
  PreviewedChangeTransformer,
} from '#transactions/transformers/rule_change_transformer'
import {
  previewPageValidator,
  previewRuleValidator,
} from '#transactions/validators/rule_validators'

const newestFirst = new Keyset({ bookedOn: 'day', id: 'uuid' })

const previewSchema = object({
  data: array(previewedChangeSchema),
  meta: object({
    nextCursor: nullable(text({ description: 'Pass as `cursor` for the next page' })),
  }),
  counts: nullable(
    object(
      {
        lookedAt: integer({ description: 'Transactions that were looked at' }),
        matched: integer({ description: 'The conditions hold' }),
        changed: integer({ description: 'Something would change' }),
        complete: boolean({ description: 'Whether that was all of them: it stops after a second' }),
      },
      { description: 'With the first page only' }
    )
  ),
})

@inject()
export default class RulePreviewsController {
  constructor(protected preview: RulePreview) {}

  @operation({
    summary: 'What a rule would change',
    description:
      'Exactly what a run would do now, newest first, whether the rule is enabled or not; nothing is changed. ' +
      'What is given of `match`, `conditions` and `actions` takes the place of what was saved. ' +
      'A page may be short, even empty, and not be the last: `nextCursor` tells.',
    request: { query: previewPageValidator, body: previewRuleValidator },
    responses: { 200: previewSchema },
  })
  async store({ caller, params, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await previewPageValidator.validate(request.qs())
    const { accountId, from, to, ...terms } = await previewRuleValidator.validate(request.body())
    const after = newestFirst.after(cursor)
    const { changes, categories, counts, next } = await this.preview.handle(
      { userId: caller.userId, ruleId: params.id, terms, scope: { accountId, from, to } },
      limit,
      after
    )
    return {
      data: PreviewedChangeTransformer.transform(changes.map((each) => ({ ...each, categories }))),
      meta: { nextCursor: next && newestFirst.cursor(next) },
      counts: after === null ? counts : null,
    }
  }
}
