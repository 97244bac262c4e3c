import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { sendJson } from '#core/http/send_json'
import { operation } from '#core/openapi/operation'
import { checkPeriod } from '#wallet/domain/requested_period'
import { AnalyticsQuery } from '#wallet/queries/analytics_query'
import { analyticsSchema } from '#wallet/transformers/wallet_schemas'
import { analyticsValidator } from '#wallet/validators/analytics_validators'

@inject()
export default class AnalyticsController {
  constructor(protected query: AnalyticsQuery) {}

  @operation({
    summary: 'Income or expenses by category, payee, account or tag',
    request: { query: analyticsValidator },
    responses: { 200: analyticsSchema },
  })
  async show(ctx: HttpContext) {
    const {
      groupBy = 'category',
      kind = 'expense',
      ...period
    } = await ctx.request.validateUsing(analyticsValidator)
    checkPeriod(period)
    return sendJson(
      ctx,
      await this.query.handle({ user: await ctx.caller.ledger(), groupBy, kind, ...period })
    )
  }
}
