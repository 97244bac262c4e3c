import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeReconciliation from '#transactions/actions/change_reconciliation'
import DeleteReconciliation from '#transactions/actions/delete_reconciliation'
import OpenReconciliation from '#transactions/actions/open_reconciliation'
import {
  ifReconciliationMatches,
  sendReconciliation,
} from '#transactions/controllers/send_reconciliation'
import { ReconciliationList } from '#transactions/queries/reconciliation_list'
import ReconciliationTransformer, {
  reconciliationSchema,
} from '#transactions/transformers/reconciliation_transformer'
import {
  createReconciliationValidator,
  listReconciliationsValidator,
  updateReconciliationValidator,
} from '#transactions/validators/reconciliation_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class ReconciliationsController {
  constructor(
    protected reconciliations: ReconciliationList,
    protected openReconciliation: OpenReconciliation,
    protected changeReconciliation: ChangeReconciliation,
    protected deleteReconciliation: DeleteReconciliation
  ) {}

  @operation({
    summary: 'List reconciliations',
    request: { query: listReconciliationsValidator },
    responses: { 200: list(reconciliationSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listReconciliationsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.reconciliations.handle(reader, filters, limit + 1, before)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: ReconciliationTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Hold an account against a statement',
    description:
      'Clears what the statement shows: `transactionIds`, or else everything booked on the account up to the day that no statement has shown yet. `difference` is what is missing. An account has one open reconciliation at a time, and statements follow each other by day.',
    request: { body: createReconciliationValidator },
    responses: { 201: reconciliationSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const { id } = await this.openReconciliation.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createReconciliationValidator)),
    })
    ctx.response.status(201)
    return sendReconciliation(ctx, id)
  }

  @operation({ summary: 'A reconciliation', responses: { 200: reconciliationSchema }, etag: true })
  async show(ctx: HttpContext) {
    return sendReconciliation(ctx, ctx.params.id)
  }

  @operation({
    summary: 'Correct an open reconciliation',
    description: '`transactionIds` replaces what is cleared.',
    request: { body: updateReconciliationValidator },
    responses: { 200: reconciliationSchema },
    errors: ['Conflict'],
    etag: true,
  })
  async update(ctx: HttpContext) {
    await this.changeReconciliation.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateReconciliationValidator),
      precondition: ifReconciliationMatches(ctx.request),
    })
    return sendReconciliation(ctx, ctx.params.id)
  }

  @operation({
    summary: 'Delete a reconciliation',
    description:
      'Open or completed: its transactions are neither reconciled nor cleared any more, and its adjustment goes. Not while the account has a later one.',
    responses: { 204: null },
    errors: ['Conflict'],
    etag: true,
  })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteReconciliation.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifReconciliationMatches(request),
    })
    return response.noContent()
  }
}
