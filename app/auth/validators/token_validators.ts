import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { instant, plainText } from '#core/http/rules'

export const listTokensValidator = vine.create({ ...pageParams() })

export const createTokenValidator = vine.create({
  name: plainText(100),
  scopes: vine
    .array(vine.enum(['read', 'write'] as const))
    .minLength(1)
    .maxLength(2)
    .distinct(),
  expiresAt: instant().nullable().optional(),
})
