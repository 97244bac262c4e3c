import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeAlert from '#notifications/actions/change_alert'
import CreateAlert from '#notifications/actions/create_alert'
import DeleteAlert from '#notifications/actions/delete_alert'
import Alert from '#notifications/models/alert'
import { AlertList } from '#notifications/queries/alert_list'
import AlertTransformer, { alertSchema } from '#notifications/transformers/alert_transformer'
import {
  createAlertValidator,
  listAlertsValidator,
  updateAlertValidator,
} from '#notifications/validators/alert_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class AlertsController {
  constructor(
    protected alerts: AlertList,
    protected createAlert: CreateAlert,
    protected changeAlert: ChangeAlert,
    protected deleteAlert: DeleteAlert
  ) {}

  @operation({
    summary: 'List alerts',
    request: { query: listAlertsValidator },
    responses: { 200: list(alertSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listAlertsValidator)
    const after = oldestFirst.after(cursor)?.id
    const rows = await caller.read((reader) => this.alerts.handle(reader, limit + 1, after))
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: AlertTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create an alert',
    description: [
      '`lowBalance` tells when an account holds less than `threshold`: once a calendar month, and',
      'again once it had recovered, but not twice within 24 hours of a month. Without `accountId`',
      'it watches all accounts but credit cards and loans. `largeTransaction` tells of a',
      'transaction of `threshold` or more, earned or spent, that was booked within the last 31',
      'days: once. Of what is found together, in an import or within some seconds, one notification',
      'for each kind and currency names the first or the largest, and says how many `more` there',
      'are. Alerts on budgets and prices come with those. A user has 100 at most.',
    ].join('\n'),
    request: { body: createAlertValidator },
    responses: { 201: alertSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const alert = await this.createAlert.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createAlertValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, alert)
  }

  @operation({ summary: 'An alert', responses: { 200: alertSchema }, etag: true })
  async show(ctx: HttpContext) {
    const alert = await ctx.caller.read((reader) => recordOf(reader, Alert, ctx.params.id))
    return this.#send(ctx, alert)
  }

  @operation({
    summary: 'Change an alert',
    description:
      'A balance that is low by what it says now is told again, but not twice within 24 hours.',
    request: { body: updateAlertValidator },
    responses: { 200: alertSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const alert = await this.changeAlert.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateAlertValidator),
      precondition: ifMatch(ctx.request, tagOf),
    })
    return this.#send(ctx, alert)
  }

  @operation({ summary: 'Delete an alert', responses: { 204: null }, etag: true })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteAlert.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request, tagOf),
    })
    return response.noContent()
  }

  #send(ctx: HttpContext, alert: Alert) {
    return sendWithEtag(ctx, tagOf(alert), AlertTransformer.transform(alert))
  }
}

/** When it last had something to tell is shown too, and is no change of the alert. */
function tagOf({ id, updatedAt, lastTriggeredAt }: Alert) {
  return etag(id, updatedAt.valueOf(), lastTriggeredAt?.valueOf() ?? null)
}
