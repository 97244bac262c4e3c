import vine from '@vinejs/vine'
import { outbound } from '#config/webhooks'
import { eventTypes } from '#core/activity/event_types'
import { urlFault, type UrlFault } from '#core/http/network/outbound_rules'
import { pageParams } from '#core/http/pagination'
import { plainText } from '#core/http/rules'
import { documented } from '#core/openapi/documented'
import { EVERY_EVENT } from '#notifications/models/webhook'

const FAULTS: Record<UrlFault, string> = {
  malformed: 'The {{ field }} field must be a URL',
  scheme: `The {{ field }} field must begin with ${outbound.allowsHttp ? 'https:// or http://' : 'https://'}`,
  credentials: 'The {{ field }} field must not hold a user name or a password',
  port: 'The {{ field }} field names a port that is not allowed here',
  address: 'The {{ field }} field must lead to a public address',
}

const urlRule = vine.createRule((value, _options, field) => {
  const fault = typeof value === 'string' ? urlFault(value, outbound) : undefined
  if (fault) field.report(FAULTS[fault], `url.${fault}`, field)
})

const everyRule = vine.createRule((value, _options, field) => {
  if (Array.isArray(value) && value.length > 1 && value.includes(EVERY_EVENT)) {
    field.report('The {{ field }} field holds "*" alone', 'everyEvent', field)
  }
})

const url = () =>
  vine
    .string()
    .maxLength(2_048)
    .use(urlRule())
    .use(documented({ type: 'string', format: 'uri', maxLength: 2_048 }))

const events = () =>
  vine
    .array(vine.enum([EVERY_EVENT, ...eventTypes]))
    .minLength(1)
    .distinct()
    .use(everyRule())

const details = () => ({
  description: plainText(255).nullable().optional(),
  enabled: vine.boolean({ strict: true }).optional(),
})

export const createWebhookValidator = vine.create({ url: url(), events: events(), ...details() })

export const updateWebhookValidator = vine.create({
  url: url().optional(),
  events: events().optional(),
  ...details(),
})

export const listWebhooksValidator = vine.create(pageParams())

export const listWebhookDeliveriesValidator = vine.create({
  ...pageParams(),
  status: vine.enum(['pending', 'delivered', 'failed'] as const).optional(),
})
