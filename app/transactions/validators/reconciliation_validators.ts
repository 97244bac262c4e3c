import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { day, id, minorAmount } from '#core/http/rules'

const transactionIds = () => vine.array(id()).maxLength(5_000).optional()

export const createReconciliationValidator = vine.create({
  accountId: id(),
  statementDate: day(),
  statementBalance: minorAmount(),
  transactionIds: transactionIds(),
})

export const updateReconciliationValidator = vine.create({
  statementDate: day().optional(),
  statementBalance: minorAmount().optional(),
  transactionIds: transactionIds(),
})

export const completionValidator = vine.create({
  adjustment: vine.boolean({ strict: true }).optional(),
})

export const listReconciliationsValidator = vine.create({
  ...pageParams(),
  accountId: id().optional(),
})
