import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeRule from '#transactions/actions/change_rule'
import CreateRule from '#transactions/actions/create_rule'
import DeleteRule from '#transactions/actions/delete_rule'
import Rule from '#transactions/models/rule'
import { RuleList } from '#transactions/queries/rule_list'
import RuleTransformer, { ruleSchema } from '#transactions/transformers/rule_transformer'
import {
  createRuleValidator,
  listRulesValidator,
  updateRuleValidator,
} from '#transactions/validators/rule_validators'

const inOrder = new Keyset({ position: 'integer', id: 'uuid' })

@inject()
export default class RulesController {
  constructor(
    protected rules: RuleList,
    protected createRule: CreateRule,
    protected changeRule: ChangeRule,
    protected deleteRule: DeleteRule
  ) {}

  @operation({
    summary: 'List rules',
    request: { query: listRulesValidator },
    responses: { 200: list(ruleSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listRulesValidator)
    const rows = await caller.read((reader) =>
      this.rules.handle(reader, limit + 1, inOrder.after(cursor))
    )
    const { data, meta } = inOrder.page(rows, limit)
    return { data: RuleTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create a rule',
    description:
      'Rules act on imported rows, where a category that the file names stays, and on the history when they are run. ' +
      'Text is compared without case; `payee` means the one that is shown as well as what the bank calls it. ' +
      '`matches` takes a pattern in the syntax of [RE2](https://github.com/google/re2/wiki/Syntax).',
    request: { body: createRuleValidator },
    responses: { 201: ruleSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const rule = await this.createRule.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createRuleValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, rule)
  }

  @operation({ summary: 'A rule', responses: { 200: ruleSchema }, etag: true })
  async show(ctx: HttpContext) {
    const rule = await ctx.caller.read((reader) => recordOf(reader, Rule, ctx.params.id))
    return this.#send(ctx, rule)
  }

  @operation({
    summary: 'Change a rule',
    request: { body: updateRuleValidator },
    responses: { 200: ruleSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const rule = await this.changeRule.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateRuleValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, rule)
  }

  @operation({ summary: 'Delete a rule', responses: { 204: null }, etag: true })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteRule.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  async #send(ctx: HttpContext, rule: Rule) {
    const body = RuleTransformer.transform(rule)
    return sendWithEtag(ctx, versionOf(rule), body)
  }
}
