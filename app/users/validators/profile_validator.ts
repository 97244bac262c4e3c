import vine from '@vinejs/vine'
import { currencyCode, plainText } from '#core/http/rules'
import { timeZone } from '#core/http/time_zone'

export const updateProfileValidator = vine.create({
  name: plainText(100).optional(),
  currency: currencyCode().optional(),
  timezone: timeZone().optional(),
  locale: vine
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .maxLength(35)
    .optional(),
})
