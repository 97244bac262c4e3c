import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { kindNames } from '#notifications/domain/kinds'
import type Notification from '#notifications/models/notification'

const SUBJECTS = ['import', 'export', 'ruleRun', 'session', 'alert', 'badge', 'webhook'] as const

export const notificationSchema = s.resource('Notification', {
  id: s.id(),
  kind: s.enumOf(kindNames),
  title: s.text({ description: 'What happened, in a few plain words' }),
  body: s.text({ description: 'What happened, as it was told then' }),
  subject: s.nullable(
    s.object(
      { type: s.enumOf(SUBJECTS), id: s.id() },
      { description: 'What it is about; it may be gone by now' }
    )
  ),
  data: s.map({}, { description: 'What the words say, for programs; depends on the kind' }),
  readAt: s.nullable(s.instant()),
  createdAt: s.instant(),
})

/** A page of them, and how many of all wait to be read. */
export const notificationListSchema = s.object({
  data: s.array(notificationSchema),
  meta: s.object({
    nextCursor: s.nullable(s.text({ description: 'Pass as `cursor` for the next page' })),
    unread: s.integer({ minimum: 0, description: 'Of all notifications, whatever the filters' }),
  }),
})

export default class NotificationTransformer extends Transformer<Notification> {
  toObject() {
    const { id, kind, title, body, subjectType, subjectId, data, readAt, createdAt } = this.resource
    return {
      id,
      kind,
      title,
      body,
      subject: subjectType && subjectId ? { type: subjectType, id: subjectId } : null,
      data,
      readAt: readAt?.toUTC().toISO() ?? null,
      createdAt: createdAt.toUTC().toISO()!,
    }
  }
}
