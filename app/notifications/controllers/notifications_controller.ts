import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { NotFound } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import DeleteNotification from '#notifications/actions/delete_notification'
import MarkNotification from '#notifications/actions/mark_notification'
import type Notification from '#notifications/models/notification'
import { NotificationList } from '#notifications/queries/notification_list'
import NotificationTransformer, {
  notificationListSchema,
  notificationSchema,
} from '#notifications/transformers/notification_transformer'
import {
  listNotificationsValidator,
  updateNotificationValidator,
} from '#notifications/validators/notification_validators'

const newestFirst = new Keyset({ position: 'integer' })

@inject()
export default class NotificationsController {
  constructor(
    protected notifications: NotificationList,
    protected markNotification: MarkNotification,
    protected deleteNotification: DeleteNotification
  ) {}

  @operation({
    summary: 'List notifications',
    description:
      'Newest first. They are kept for 180 days, unread ones for 400, unless the server is set otherwise.',
    request: { query: listNotificationsValidator },
    responses: { 200: notificationListSchema },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listNotificationsValidator)
    const before = newestFirst.after(cursor)?.position
    const [rows, unread] = await caller.read((reader) =>
      Promise.all([
        this.notifications.handle(reader, filters, limit + 1, before),
        this.notifications.unread(reader),
      ])
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: NotificationTransformer.transform(data), meta: { ...meta, unread } }
  }

  @operation({ summary: 'A notification', responses: { 200: notificationSchema }, etag: true })
  async show(ctx: HttpContext) {
    const notification = await ctx.caller.read((reader) =>
      this.notifications.one(reader, ctx.params.id)
    )
    if (!notification) throw new NotFound()
    return this.#send(ctx, notification)
  }

  @operation({
    summary: 'Mark a notification read or unread',
    request: { body: updateNotificationValidator },
    responses: { 200: notificationSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const notification = await this.markNotification.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      ...(await ctx.request.validateUsing(updateNotificationValidator)),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, notification)
  }

  @operation({ summary: 'Delete a notification', responses: { 204: null }, etag: true })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteNotification.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  #send(ctx: HttpContext, notification: Notification) {
    const body = NotificationTransformer.transform(notification)
    return sendWithEtag(ctx, versionOf(notification), body)
  }
}
