import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import CompleteReconciliation from '#transactions/actions/complete_reconciliation'
import ReopenReconciliation from '#transactions/actions/reopen_reconciliation'
import {
  ifReconciliationMatches,
  sendReconciliation,
} from '#transactions/controllers/send_reconciliation'
import { reconciliationSchema } from '#transactions/transformers/reconciliation_transformer'
import { completionValidator } from '#transactions/validators/reconciliation_validators'

@inject()
export default class CompletionsController {
  constructor(
    protected completeReconciliation: CompleteReconciliation,
    protected reopenReconciliation: ReopenReconciliation
  ) {}

  @operation({
    summary: 'Complete a reconciliation',
    description:
      'Possible when the difference is 0, or with `adjustment`, which books it as a transaction of the statement’s day. From then on account, amount and day of its transactions stay as they are (409 `Reconciled`); category, splits, notes and tags can change. Imports, rules and proposals leave them alone.',
    request: { body: completionValidator },
    responses: { 200: reconciliationSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const { adjustment = false } = await ctx.request.validateUsing(completionValidator)
    const { id } = ctx.params
    await this.completeReconciliation.handle({ actor: ctx.auth.getUserOrFail(), id, adjustment })
    return sendReconciliation(ctx, id)
  }

  @operation({
    summary: 'Reopen a reconciliation',
    description:
      'Its transactions can change again and stay cleared; its adjustment goes. Not while the account has a later one.',
    responses: { 200: reconciliationSchema },
    errors: ['Conflict'],
    etag: true,
  })
  async destroy(ctx: HttpContext) {
    await this.reopenReconciliation.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      precondition: ifReconciliationMatches(ctx.request),
    })
    return sendReconciliation(ctx, ctx.params.id)
  }
}
