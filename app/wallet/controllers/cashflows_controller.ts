import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { sendJson } from '#core/http/send_json'
import { operation } from '#core/openapi/operation'
import { checkPeriod } from '#wallet/domain/requested_period'
import { CashflowQuery } from '#wallet/queries/cashflow_query'
import { cashflowSchema } from '#wallet/transformers/wallet_schemas'
import { cashflowValidator } from '#wallet/validators/analytics_validators'

@inject()
export default class CashflowsController {
  constructor(protected query: CashflowQuery) {}

  @operation({
    summary: 'Income and expenses over time',
    request: { query: cashflowValidator },
    responses: { 200: cashflowSchema },
  })
  async show(ctx: HttpContext) {
    const { interval = 'month', ...period } = await ctx.request.validateUsing(cashflowValidator)
    checkPeriod(period, interval)
    return sendJson(
      ctx,
      await this.query.handle({ user: await ctx.caller.ledger(), interval, ...period })
    )
  }
}
