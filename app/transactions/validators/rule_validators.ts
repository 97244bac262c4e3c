import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id, integer, minorAmount, plainText } from '#core/http/rules'

const POSITIONS = { min: 0, max: 100_000 }

/** True for an object whose `name` is one of the values; what the branches of a union are told by. */
const tells =
  (name: string, ...values: string[]) =>
  (value: unknown) =>
    vine.helpers.isObject(value) && values.includes(String(value[name]))

const condition = () =>
  vine.union([
    vine.union.if(
      tells('field', 'amount'),
      vine.object({
        field: vine.literal('amount'),
        operator: vine.enum(['is', 'greaterThan', 'lessThan'] as const),
        value: minorAmount(),
      })
    ),
    vine.union.if(
      tells('field', 'account'),
      vine.object({
        field: vine.literal('account'),
        operator: vine.literal('is'),
        value: id(),
      })
    ),
    vine.union.else(
      vine.object({
        field: vine.enum(['payee', 'description'] as const),
        operator: vine.enum(['is', 'contains', 'startsWith', 'endsWith'] as const),
        value: plainText(255),
      })
    ),
  ])

const action = () =>
  vine.union([
    vine.union.if(
      tells('kind', 'setPayee'),
      vine.object({ kind: vine.literal('setPayee'), payee: plainText(255) })
    ),
    vine.union.if(
      tells('kind', 'addTags'),
      vine.object({
        kind: vine.literal('addTags'),
        tags: vine.array(plainText(50)).minLength(1).maxLength(20),
      })
    ),
    vine.union.else(vine.object({ kind: vine.literal('setCategory'), categoryId: id() })),
  ])

export const createRuleValidator = vine.create({
  name: plainText(100),
  position: integer(POSITIONS).optional(),
  enabled: vine.boolean({ strict: true }).optional(),
  match: vine.enum(['all', 'any'] as const).optional(),
  conditions: vine.array(condition()).minLength(1).maxLength(20),
  actions: vine.array(action()).minLength(1).maxLength(10),
})

export const updateRuleValidator = vine.create({
  name: plainText(100).optional(),
  position: integer(POSITIONS).optional(),
  enabled: vine.boolean({ strict: true }).optional(),
  match: vine.enum(['all', 'any'] as const).optional(),
  conditions: vine.array(condition()).minLength(1).maxLength(20).optional(),
  actions: vine.array(action()).minLength(1).maxLength(10).optional(),
})

export const listRulesValidator = vine.create({ ...pageParams() })
