import vine from '@vinejs/vine'
import { knownPassword } from '#auth/validators/credential_rules'

export const eraseUserValidator = vine.create({ password: knownPassword() })
