import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { currencyCode, id, minorAmount } from '#core/http/rules'
import { documented } from '#core/openapi/documented'
import type Alert from '#notifications/models/alert'

const WATCHED = ['lowBalance', 'largeTransaction'] as const

/** What is watched by modules that are not there yet. */
const NOT_YET: Record<string, string> = {
  budget: 'Alerts on budgets come with budgets: there is nothing to watch yet',
  priceMove: 'Alerts on prices come with investments: there is nothing to watch yet',
}

const watchedRule = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || (WATCHED as readonly string[]).includes(value)) return
  const message = NOT_YET[value] ?? 'The {{ field }} field must be lowBalance or largeTransaction'
  field.report(message, value in NOT_YET ? 'notYet' : 'enum', field)
})

const watched = () =>
  vine
    .string()
    .use(watchedRule())
    .use(documented({ type: 'string', enum: [...WATCHED] }))
    .transform((value) => value as Alert['kind'])

export const listAlertsValidator = vine.create(pageParams())

export const createAlertValidator = vine.create({
  kind: watched(),
  accountId: id().nullable().optional(),
  threshold: minorAmount(),
  currency: currencyCode(),
  enabled: vine.boolean({ strict: true }).optional(),
})

export const updateAlertValidator = vine.create({
  accountId: id().nullable().optional(),
  threshold: minorAmount().optional(),
  currency: currencyCode().optional(),
  enabled: vine.boolean({ strict: true }).optional(),
})
