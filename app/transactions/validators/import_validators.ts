import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id, plainText } from '#core/http/rules'
import { IMPORT_FORMATS } from '#transactions/models/import'

const header = () => plainText(200).optional()

/** The text fields beside the file. */
export const importValidator = vine.create({
  accountId: id(),
  format: vine.enum(IMPORT_FORMATS).optional(),
  dryRun: vine.enum(['true', 'false'] as const).optional(),
})

/** The field `mapping`, once it is read as JSON. */
export const mappingValidator = vine.create({
  id: header(),
  bookedOn: header(),
  account: header(),
  payee: header(),
  description: header(),
  notes: header(),
  category: header(),
  amount: header(),
  debit: header(),
  credit: header(),
  direction: header(),
  currency: header(),
  tags: header(),
  dateFormat: vine.string().maxLength(20).optional(),
  decimal: vine.enum(['.', ','] as const).optional(),
  delimiter: vine.string().fixedLength(1).optional(),
  encoding: vine.string().maxLength(30).optional(),
  createMissing: vine.boolean({ strict: true }).optional(),
})

export const listImportsValidator = vine.create({ ...pageParams() })

export const importRowsValidator = vine.create({
  ...pageParams(),
  verdict: vine.enum(['imported', 'duplicate', 'rejected'] as const).optional(),
})
