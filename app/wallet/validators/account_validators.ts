import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { currencyCode, minorAmount, plainText, queryBoolean } from '#core/http/rules'
import { ACCOUNT_TYPES } from '#wallet/models/account'

export const createAccountValidator = vine.create({
  name: plainText(100),
  type: vine.enum(ACCOUNT_TYPES),
  currency: currencyCode().optional(),
  openingBalance: minorAmount().optional(),
})

export const updateAccountValidator = vine.create({
  name: plainText(100).optional(),
  type: vine.enum(ACCOUNT_TYPES).optional(),
  openingBalance: minorAmount().optional(),
  archived: vine.boolean({ strict: true }).optional(),
})

export const listAccountsValidator = vine.create({
  ...pageParams(),
  archived: queryBoolean().optional(),
})
