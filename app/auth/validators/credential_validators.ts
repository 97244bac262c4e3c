import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import {
  emailAddress,
  knownPassword,
  newPassword,
  typedEmail,
} from '#auth/validators/credential_rules'

const mailToken = () => vine.string().maxLength(256)

export const mailRequestValidator = vine.create({ email: typedEmail() })

export const verifyEmailValidator = vine.create({ token: mailToken() })

export const resetPasswordValidator = vine.create({ token: mailToken(), password: newPassword() })

export const changePasswordValidator = vine.create({
  currentPassword: knownPassword(),
  password: newPassword(),
})

export const changeEmailValidator = vine.create({
  currentPassword: knownPassword(),
  email: emailAddress(),
})

export const listSessionsValidator = vine.create({ ...pageParams() })
