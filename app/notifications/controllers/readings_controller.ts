import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { integer, object } from '#core/openapi/schema'
import MarkAllRead from '#notifications/actions/mark_all_read'
import { markAllReadValidator } from '#notifications/validators/notification_validators'

@inject()
export default class ReadingsController {
  constructor(protected markAllRead: MarkAllRead) {}

  @operation({
    summary: 'Mark all notifications read',
    description: 'With `before`, only those that had been made by then.',
    request: { body: markAllReadValidator },
    responses: { 200: object({ updated: integer({ minimum: 0 }) }) },
  })
  async store({ auth, request }: HttpContext) {
    const { before } = await request.validateUsing(markAllReadValidator)
    return { updated: await this.markAllRead.handle({ actor: auth.getUserOrFail(), before }) }
  }
}
