import vine from '@vinejs/vine'
import { currencyCode, plainText } from '#core/http/rules'
import { timeZone } from '#core/http/time_zone'
import {
  emailAddress,
  knownPassword,
  newPassword,
  typedEmail,
} from '#auth/validators/credential_rules'

/** Six digits, or a recovery code; spaces and dashes as people type them. */
const otp = () => vine.string().trim().maxLength(64)

export const confirmOtpValidator = vine.create({ otp: otp() })

export const registerValidator = vine.create({
  email: emailAddress(),
  password: newPassword(),
  name: plainText(100),
  currency: currencyCode().optional(),
  timezone: timeZone().optional(),
  locale: vine
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .maxLength(35)
    .optional(),
})

export const loginValidator = vine.create({
  email: typedEmail(),
  password: knownPassword(),
  otp: otp().optional(),
})

export const refreshValidator = vine.create({
  refreshToken: vine.string().maxLength(512),
})
