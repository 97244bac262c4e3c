import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import AmendTransaction from '#transactions/actions/amend_transaction'
import DeleteTransaction from '#transactions/actions/delete_transaction'
import RecordTransaction from '#transactions/actions/record_transaction'
import { ifTransactionMatches, sendTransaction } from '#transactions/controllers/send_transaction'
import { TransactionList } from '#transactions/queries/transaction_list'
import TransactionTransformer, {
  transactionSchema,
} from '#transactions/transformers/transaction_transformer'
import {
  createTransactionValidator,
  listTransactionsValidator,
  updateTransactionValidator,
} from '#transactions/validators/transaction_validators'

const newestFirst = new Keyset({ bookedOn: 'day', id: 'uuid' })

@inject()
export default class TransactionsController {
  constructor(
    protected transactions: TransactionList,
    protected recordTransaction: RecordTransaction,
    protected amendTransaction: AmendTransaction,
    protected deleteTransaction: DeleteTransaction
  ) {}

  @operation({
    summary: 'List transactions',
    description: 'Newest first by `bookedOn`, then id.',
    request: { query: listTransactionsValidator },
    responses: { 200: list(transactionSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listTransactionsValidator)
    const after = newestFirst.after(cursor) ?? undefined
    const rows = await caller.read((reader) =>
      this.transactions.handle(reader, filters, limit + 1, after)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: TransactionTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Record a transaction',
    description:
      'Income is positive, an expense negative. `externalId` is unique within the account. ' +
      'Rules leave alone what is given of category, payee and tags.',
    request: { body: createTransactionValidator },
    responses: { 201: transactionSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const transaction = await this.recordTransaction.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createTransactionValidator)),
    })
    ctx.response.status(201)
    return sendTransaction(ctx, transaction.id)
  }

  @operation({ summary: 'A transaction', responses: { 200: transactionSchema }, etag: true })
  async show(ctx: HttpContext) {
    return sendTransaction(ctx, ctx.params.id)
  }

  @operation({
    summary: 'Change a transaction',
    description:
      'The legs of a transfer keep their accounts and amounts. A category, payee or tags that are set here are locked: ' +
      'no rule changes them, until `lockedFields` without them gives them back. ' +
      'A new payee of an imported transaction is learned for rows that are imported later. ' +
      'What is reconciled keeps its account, amount and day.',
    request: { body: updateTransactionValidator },
    responses: { 200: transactionSchema },
    errors: ['Conflict', 'Reconciled'],
    etag: true,
  })
  async update(ctx: HttpContext) {
    const transaction = await this.amendTransaction.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateTransactionValidator),
      precondition: ifTransactionMatches(ctx.request),
    })
    return sendTransaction(ctx, transaction.id)
  }

  @operation({
    summary: 'Delete a transaction',
    description: 'A transfer goes with both its legs.',
    responses: { 204: null },
    errors: ['Reconciled'],
    etag: true,
  })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteTransaction.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifTransactionMatches(request),
    })
    return response.noContent()
  }
}
