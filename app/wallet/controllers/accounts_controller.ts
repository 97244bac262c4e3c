import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { NotFound } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeAccount from '#wallet/actions/change_account'
import CloseAccount from '#wallet/actions/close_account'
import OpenAccount from '#wallet/actions/open_account'
import { AccountList, type AccountRow } from '#wallet/queries/account_list'
import AccountTransformer, { accountSchema } from '#wallet/transformers/account_transformer'
import {
  createAccountValidator,
  listAccountsValidator,
  updateAccountValidator,
} from '#wallet/validators/account_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class AccountsController {
  constructor(
    protected accounts: AccountList,
    protected openAccount: OpenAccount,
    protected changeAccount: ChangeAccount,
    protected closeAccount: CloseAccount
  ) {}

  @operation({
    summary: 'List accounts',
    request: { query: listAccountsValidator },
    responses: { 200: list(accountSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listAccountsValidator)
    const after = oldestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.accounts.handle(reader, filters, limit + 1, after)
    )
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: AccountTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Open an account',
    request: { body: createAccountValidator },
    responses: { 201: accountSchema },
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const account = await this.openAccount.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createAccountValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, account.id)
  }

  @operation({ summary: 'An account', responses: { 200: accountSchema }, etag: true })
  async show(ctx: HttpContext) {
    return this.#send(ctx, ctx.params.id)
  }

  @operation({
    summary: 'Change an account',
    description: '`archived: true` puts an account away, `false` takes it back.',
    request: { body: updateAccountValidator },
    responses: { 200: accountSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const account = await this.changeAccount.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateAccountValidator),
      precondition: this.#ifMatch(ctx),
    })
    return this.#send(ctx, account.id)
  }

  @operation({
    summary: 'Close an account',
    description: 'Only one nothing was ever booked on; archive the others.',
    responses: { 204: null },
    errors: ['Conflict'],
    etag: true,
  })
  async destroy(ctx: HttpContext) {
    await this.closeAccount.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      precondition: this.#ifMatch(ctx),
    })
    return ctx.response.noContent()
  }

  async #send(ctx: HttpContext, id: string) {
    const [account] = await ctx.caller.read((reader) => this.accounts.handle(reader, { id }, 1))
    if (!account) throw new NotFound()
    const body = AccountTransformer.transform(account)
    return sendWithEtag(ctx, tagOf(account), body)
  }

  #ifMatch({ request }: HttpContext) {
    return ifMatch(request, async ({ id }, trx) => {
      const [account] = await this.accounts.handle(readerOf(trx), { id }, 1)
      return tagOf(account)
    })
  }
}

/** A booking changes the balance and so the resource, though not the account's own row. */
function tagOf({ id, updatedAt, balance }: AccountRow) {
  return etag(id, updatedAt.valueOf(), balance)
}
