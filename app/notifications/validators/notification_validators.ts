import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { instant, integer, queryBoolean } from '#core/http/rules'
import { timeZone } from '#core/http/time_zone'
import { documented } from '#core/openapi/documented'
import { kindNames } from '#notifications/domain/kinds'

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** A time of day, `22:30`. */
const clock = () =>
  vine
    .string()
    .regex(CLOCK)
    .use(documented({ type: 'string', pattern: CLOCK.source }))

/** `true` or `false` in a query, or the bare name: `?unread`. */
const flag = () =>
  queryBoolean()
    .parse((value) => (value === '' || value === 'true' ? true : value === 'false' ? false : value))
    .use(documented({ type: 'boolean', description: 'Without a value it means `true`' }))

const switched = () => vine.boolean({ strict: true })

export const listNotificationsValidator = vine.create({
  ...pageParams(),
  unread: flag().optional(),
  kind: vine.enum(kindNames).optional(),
})

export const updateNotificationValidator = vine.create({ read: switched() })

export const markAllReadValidator = vine.create({ before: instant().optional() })

export const preferencesValidator = vine.create({
  kinds: vine
    .array(
      vine.object({
        kind: vine.enum(kindNames),
        inApp: switched(),
        email: switched(),
        webhook: switched(),
      })
    )
    .distinct('kind')
    .maxLength(kindNames.length),
  quietHours: vine
    .object({
      start: clock(),
      end: clock(),
      timeZone: timeZone().maxLength(64).nullable().optional(),
    })
    .nullable(),
  digest: vine.enum(['off', 'daily', 'weekly'] as const),
  digestAt: integer({ min: 0, max: 23 }),
})
