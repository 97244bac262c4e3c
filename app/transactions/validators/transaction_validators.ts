import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { day, id, minorAmount, plainText, queryBoolean, queryInteger } from '#core/http/rules'
import { RULE_FIELDS } from '#transactions/domain/payee_rules'
import { EXPORT_NAMES } from '#transactions/transformers/export_formats'

/** An amount that moves something: any but zero. */
const amount = () => minorAmount({ nonZero: true })
const safe = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }
const tags = () => vine.array(plainText(50)).maxLength(20).distinct()

export const booking = () => ({
  accountId: id(),
  amount: amount(),
  bookedOn: day(),
  payee: plainText(255),
  description: plainText(1000, { multiline: true }).nullable().optional(),
  categoryId: id().nullable().optional(),
  tags: tags().optional(),
  notes: plainText(5000, { multiline: true }).nullable().optional(),
  externalId: plainText(255).nullable().optional(),
})

export const changes = () => ({
  accountId: id().optional(),
  amount: amount().optional(),
  bookedOn: day().optional(),
  payee: plainText(255).optional(),
  description: plainText(1000, { multiline: true }).nullable().optional(),
  categoryId: id().nullable().optional(),
  tags: tags().optional(),
  notes: plainText(5000, { multiline: true }).nullable().optional(),
  externalId: plainText(255).nullable().optional(),
  lockedFields: vine.array(vine.enum(RULE_FIELDS)).distinct().optional(),
})

export const createTransactionValidator = vine.create(booking())

export const updateTransactionValidator = vine.create(changes())

const filters = () => ({
  accountId: id().optional(),
  categoryId: id().optional(),
  kind: vine.enum(['income', 'expense', 'transfer'] as const).optional(),
  from: day().optional(),
  to: day().optional(),
  minAmount: queryInteger(safe).optional(),
  maxAmount: queryInteger(safe).optional(),
  q: plainText(100).optional(),
  tag: plainText(50).optional(),
  importId: id().optional(),
})

export const listTransactionsValidator = vine.create({ ...pageParams(), ...filters() })

export const exportTransactionsValidator = vine.create({
  ...filters(),
  format: vine.enum(EXPORT_NAMES).optional(),
  bom: queryBoolean().optional(),
})

/** How many changes a page has unless the client says otherwise. */
export const CHANGES_PAGE = 100

export const syncValidator = vine.create({
  cursor: vine.string().optional(),
  limit: queryInteger({ min: 1, max: 500, default: CHANGES_PAGE }).optional(),
})

export const transferValidator = vine.create({
  fromAccountId: id(),
  toAccountId: id(),
  amount: minorAmount({ min: 1 }),
  toAmount: minorAmount({ min: 1 }).optional(),
  bookedOn: day(),
  description: plainText(1000, { multiline: true }).nullable().optional(),
})

export const splitsValidator = vine.create(
  vine
    .array(
      vine.object({
        categoryId: id().nullable().optional(),
        amount: amount(),
        note: plainText(255).nullable().optional(),
      })
    )
    .maxLength(100)
)
