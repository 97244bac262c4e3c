import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id, plainText, queryInteger } from '#core/http/rules'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'
import { STATEMENT_FORMATS } from '#transactions/domain/statements/formats'

const header = () => plainText(200).optional()

/** The text fields beside the file. */
export const importValidator = vine.create({
  accountId: id(),
  format: vine.enum(STATEMENT_FORMATS).optional(),
  profileId: id().optional(),
  saveProfile: vine.enum(['true', 'false'] as const).optional(),
  dryRun: vine.enum(['true', 'false'] as const).optional(),
  restoreDeleted: vine.enum(['true', 'false'] as const).optional(),
})

/** What a mapping may say. */
export const mappingFields = () => ({
  ...headers(),
  dateFormat: vine.string().maxLength(40).optional(),
  decimal: vine.enum(['.', ','] as const).optional(),
  delimiter: vine.string().fixedLength(1).optional(),
  encoding: vine.string().maxLength(30).optional(),
  positive: vine.enum(['income', 'expense'] as const).optional(),
  createMissing: vine.boolean({ strict: true }).optional(),
})

/** The field `mapping`, once it is read as JSON. */
export const mappingValidator = vine.create(mappingFields())

function headers() {
  const rules = ROW_FIELDS.map((field) => [field, header()])
  return Object.fromEntries(rules) as Record<RowField, ReturnType<typeof header>>
}

export const listImportsValidator = vine.create({ ...pageParams() })

export const importRowsValidator = vine.create({
  ...pageParams(),
  verdict: vine.enum(['imported', 'duplicate', 'rejected'] as const).optional(),
})

/** The row of `imports/:id/rows/:number`. */
export const importRowParams = vine.create({
  id: id(),
  number: queryInteger({ min: 1, max: 999_999_999 }),
})

export const overrideValidator = vine.create({
  verdict: vine.enum(['duplicate', 'imported'] as const),
  transactionId: id().optional(),
})
