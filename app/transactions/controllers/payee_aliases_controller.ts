import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangePayeeAlias from '#transactions/actions/change_payee_alias'
import CreatePayeeAlias from '#transactions/actions/create_payee_alias'
import DeletePayeeAlias from '#transactions/actions/delete_payee_alias'
import PayeeAlias from '#transactions/models/payee_alias'
import { PayeeAliasList } from '#transactions/queries/payee_alias_list'
import PayeeAliasTransformer, {
  payeeAliasSchema,
} from '#transactions/transformers/payee_alias_transformer'
import {
  createPayeeAliasValidator,
  listPayeeAliasesValidator,
  updatePayeeAliasValidator,
} from '#transactions/validators/payee_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class PayeeAliasesController {
  constructor(
    protected aliases: PayeeAliasList,
    protected createAlias: CreatePayeeAlias,
    protected changeAlias: ChangePayeeAlias,
    protected deleteAlias: DeletePayeeAlias
  ) {}

  @operation({
    summary: 'List payee aliases',
    request: { query: listPayeeAliasesValidator },
    responses: { 200: list(payeeAliasSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listPayeeAliasesValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.aliases.handle(reader, filters, limit + 1, before)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: PayeeAliasTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create a payee alias',
    description:
      'Rows that are imported from now on get this payee, before rules look at them. ' +
      'Give the text as the bank prints it; it is kept in normal form, which is unique.',
    request: { body: createPayeeAliasValidator },
    responses: { 201: payeeAliasSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const alias = await this.createAlias.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createPayeeAliasValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, alias)
  }

  @operation({ summary: 'A payee alias', responses: { 200: payeeAliasSchema }, etag: true })
  async show(ctx: HttpContext) {
    const alias = await ctx.caller.read((reader) => recordOf(reader, PayeeAlias, ctx.params.id))
    return this.#send(ctx, alias)
  }

  @operation({
    summary: 'Change a payee alias',
    description: 'It counts as entered from then on: what is learned no longer replaces it.',
    request: { body: updatePayeeAliasValidator },
    responses: { 200: payeeAliasSchema },
    errors: ['Conflict'],
    etag: true,
  })
  async update(ctx: HttpContext) {
    const alias = await this.changeAlias.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updatePayeeAliasValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, alias)
  }

  @operation({
    summary: 'Delete a payee alias',
    description: 'What it has named keeps its name.',
    responses: { 204: null },
    etag: true,
  })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteAlias.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  async #send(ctx: HttpContext, alias: PayeeAlias) {
    return sendWithEtag(ctx, versionOf(alias), PayeeAliasTransformer.transform(alias))
  }
}
