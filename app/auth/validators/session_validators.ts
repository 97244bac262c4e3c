import vine from '@vinejs/vine'
import { currencyCode, plainText } from '#core/http/rules'

const email = () => vine.string().trim().email().maxLength(254)

export const registerValidator = vine.create({
  email: email(),
  password: vine.string().minLength(12).maxLength(128),
  name: plainText(100),
  currency: currencyCode().optional(),
  timezone: vine.string().in(Intl.supportedValuesOf('timeZone').concat('UTC')).optional(),
  locale: vine
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .maxLength(35)
    .optional(),
})

export const loginValidator = vine.create({
  email: vine.string().trim().maxLength(254),
  password: vine.string().maxLength(1024),
})

export const refreshValidator = vine.create({
  refreshToken: vine.string().maxLength(512),
})
