import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { plainText } from '#core/http/rules'

export const listPayeesValidator = vine.create({ ...pageParams(), q: plainText(100).optional() })

export const listPayeeAliasesValidator = vine.create({
  ...pageParams(),
  payee: plainText(255).optional(),
})

export const createPayeeAliasValidator = vine.create({
  alias: plainText(255),
  payee: plainText(255),
})

export const updatePayeeAliasValidator = vine.create({
  alias: plainText(255).optional(),
  payee: plainText(255).optional(),
})
