import vine from '@vinejs/vine'
import { day, id } from '#core/http/rules'

const period = () => ({ from: day().optional(), to: day().optional() })
const interval = () => vine.enum(['day', 'week', 'month'] as const).optional()

export const summaryValidator = vine.create({ ...period(), accountId: id().optional() })

export const cashflowValidator = vine.create({ ...period(), interval: interval() })

export const netWorthValidator = vine.create({ ...period(), interval: interval() })

export const analyticsValidator = vine.create({
  ...period(),
  groupBy: vine.enum(['category', 'payee', 'account', 'tag'] as const).optional(),
  kind: vine.enum(['income', 'expense'] as const).optional(),
})
