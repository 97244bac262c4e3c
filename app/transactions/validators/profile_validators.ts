import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id, plainText } from '#core/http/rules'
import { STATEMENT_FORMATS } from '#transactions/domain/statements/formats'
import { mappingFields } from '#transactions/validators/import_validators'

const mapping = () => vine.object(mappingFields())

export const createProfileValidator = vine.create({
  accountId: id(),
  name: plainText(100),
  format: vine.enum(STATEMENT_FORMATS).optional(),
  headers: vine
    .array(vine.string().maxLength(200))
    .minLength(1)
    .maxLength(200)
    .nullable()
    .optional(),
  mapping: mapping(),
})

export const updateProfileValidator = vine.create({
  name: plainText(100).optional(),
  mapping: mapping().optional(),
})

export const listProfilesValidator = vine.create({ ...pageParams(), accountId: id().optional() })
