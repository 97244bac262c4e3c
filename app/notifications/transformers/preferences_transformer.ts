import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { kindNames } from '#notifications/domain/kinds'
import type NotificationPreferences from '#notifications/models/notification_preferences'

const clock = (description: string) =>
  s.text({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description })

export const preferencesSchema = s.resource('NotificationPreferences', {
  kinds: s.array(
    s.object({
      kind: s.enumOf(kindNames),
      inApp: s.boolean({ description: 'In the list, and on live streams' }),
      email: s.boolean(),
      webhook: s.boolean({ description: "Its event goes to the user's webhooks" }),
    })
  ),
  quietHours: s.nullable(
    s.object({
      start: clock('From then on mails wait'),
      end: clock('until then; over midnight if it is earlier'),
      timeZone: s.nullable(s.text({ description: 'IANA; null goes by the zone of the user' })),
    })
  ),
  digest: s.enumOf(['off', 'daily', 'weekly'], {
    description: 'Gathers the mails of kinds that can wait; weekly on Mondays',
  }),
  digestAt: s.integer({
    minimum: 0,
    maximum: 23,
    description: 'The hour, in the zone of the user',
  }),
})

export default class PreferencesTransformer extends Transformer<NotificationPreferences> {
  toObject() {
    const preferences = this.resource
    const { quietStart, quietEnd, quietTimeZone, digest, digestHour } = preferences
    return {
      kinds: kindNames.map((kind) => {
        const { inApp, email, webhook } = preferences.channelsOf(kind)
        return { kind, inApp, email, webhook }
      }),
      quietHours:
        quietStart === null ? null : { start: quietStart, end: quietEnd!, timeZone: quietTimeZone },
      digest,
      digestAt: digestHour,
    }
  }
}
