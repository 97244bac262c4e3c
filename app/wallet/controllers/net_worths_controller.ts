import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { sendJson } from '#core/http/send_json'
import { operation } from '#core/openapi/operation'
import { checkPeriod } from '#wallet/domain/requested_period'
import { NetWorthQuery } from '#wallet/queries/net_worth_query'
import { netWorthSchema } from '#wallet/transformers/wallet_schemas'
import { netWorthValidator } from '#wallet/validators/analytics_validators'

@inject()
export default class NetWorthsController {
  constructor(protected query: NetWorthQuery) {}

  @operation({
    summary: 'What is owned and owed over time',
    request: { query: netWorthValidator },
    responses: { 200: netWorthSchema },
  })
  async show(ctx: HttpContext) {
    const { interval = 'month', ...period } = await ctx.request.validateUsing(netWorthValidator)
    checkPeriod(period, interval)
    return sendJson(
      ctx,
      await this.query.handle({ user: await ctx.caller.ledger(), interval, ...period })
    )
  }
}
