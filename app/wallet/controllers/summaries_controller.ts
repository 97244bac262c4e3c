import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { sendJson } from '#core/http/send_json'
import { operation } from '#core/openapi/operation'
import { checkPeriod } from '#wallet/domain/requested_period'
import { SummaryQuery } from '#wallet/queries/summary_query'
import { summarySchema } from '#wallet/transformers/wallet_schemas'
import { summaryValidator } from '#wallet/validators/analytics_validators'

@inject()
export default class SummariesController {
  constructor(protected query: SummaryQuery) {}

  @operation({
    summary: 'Balance, income and expenses of a period',
    request: { query: summaryValidator },
    responses: { 200: summarySchema },
  })
  async show(ctx: HttpContext) {
    const input = await ctx.request.validateUsing(summaryValidator)
    checkPeriod(input)
    return sendJson(ctx, await this.query.handle({ user: await ctx.caller.ledger(), ...input }))
  }
}
