import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import SplitTransaction from '#transactions/actions/split_transaction'
import { ifTransactionMatches, sendTransaction } from '#transactions/controllers/send_transaction'
import { transactionSchema } from '#transactions/transformers/transaction_transformer'
import { splitsValidator } from '#transactions/validators/transaction_validators'

@inject()
export default class SplitsController {
  constructor(protected splitTransaction: SplitTransaction) {}

  @operation({
    summary: 'Split a transaction',
    description:
      'Replaces its splits, which add up to its amount exactly. An empty list makes it whole again.',
    request: { body: splitsValidator },
    responses: { 200: transactionSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const splits = await ctx.request.validateUsing(splitsValidator)
    const transaction = await this.splitTransaction.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      splits: splits.map(({ categoryId = null, ...split }) => ({ categoryId, ...split })),
      precondition: ifTransactionMatches(ctx.request),
    })
    return sendTransaction(ctx, transaction.id)
  }
}
