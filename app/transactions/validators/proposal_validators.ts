import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id } from '#core/http/rules'

export const listProposalsValidator = vine.create({
  ...pageParams(),
  kind: vine.enum(['duplicate', 'transfer'] as const).optional(),
  status: vine.enum(['open', 'accepted', 'refused', 'closed'] as const).optional(),
  importId: id().optional(),
})
