import vine from '@vinejs/vine'
import { currencyCode, plainText } from '#core/http/rules'

const zones = Intl.supportedValuesOf('timeZone').concat('UTC')

export const updateProfileValidator = vine.create({
  name: plainText(100).optional(),
  currency: currencyCode().optional(),
  timezone: vine.string().in(zones).optional(),
  locale: vine
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .maxLength(35)
    .optional(),
})
