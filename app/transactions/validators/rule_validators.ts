import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { day, id, integer, minorAmount, plainText } from '#core/http/rules'
import { TEXT_FIELDS } from '#transactions/domain/rule_conditions'
import { LONGEST_PATTERN, PatternRefused, RulePattern } from '#transactions/domain/rule_pattern'

const POSITIONS = { min: 0, max: 100_000 }
const COMPARISONS = ['is', 'isNot', 'contains', 'doesNotContain', 'startsWith', 'endsWith'] as const

/** True for an object whose `name` is one of the values; what the branches of a union are told by. */
const tells =
  (name: string, ...values: string[]) =>
  (value: unknown) =>
    vine.helpers.isObject(value) && values.includes(String(value[name]))

const patternRule = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || value.length > LONGEST_PATTERN) return
  try {
    new RulePattern(value)
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error
    field.report(error.message, 'pattern', field)
  }
})

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
        operator: vine.enum(['is', 'isNot'] as const),
        value: id(),
      })
    ),
    vine.union.if(
      tells('field', 'tags'),
      vine.object({
        field: vine.literal('tags'),
        operator: vine.enum(['contains', 'doesNotContain'] as const),
        value: plainText(50),
      })
    ),
    vine.union.if(
      tells('operator', 'matches'),
      vine.object({
        field: vine.enum(TEXT_FIELDS),
        operator: vine.literal('matches'),
        value: plainText(LONGEST_PATTERN).use(patternRule()),
      })
    ),
    vine.union.else(
      vine.object({
        field: vine.enum(TEXT_FIELDS),
        operator: vine.enum(COMPARISONS),
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

const conditions = () => vine.array(condition()).minLength(1).maxLength(20)
const actions = () => vine.array(action()).minLength(1).maxLength(10)

/** What a rule could be like, and which part of the history it is asked about. */
const terms = () => ({
  match: vine.enum(['all', 'any'] as const).optional(),
  conditions: conditions().optional(),
  actions: actions().optional(),
})
const scope = () => ({
  accountId: id().optional(),
  from: day().optional(),
  to: day().optional(),
})

export const createRuleValidator = vine.create({
  ...terms(),
  name: plainText(100),
  position: integer(POSITIONS).optional(),
  enabled: vine.boolean({ strict: true }).optional(),
  conditions: conditions(),
  actions: actions(),
})

export const updateRuleValidator = vine.create({
  ...terms(),
  name: plainText(100).optional(),
  position: integer(POSITIONS).optional(),
  enabled: vine.boolean({ strict: true }).optional(),
})

export const listRulesValidator = vine.create({ ...pageParams() })

export const previewRuleValidator = vine.create({ ...terms(), ...scope() })
export const previewPageValidator = vine.create({ ...pageParams() })

export const runRuleValidator = vine.create({ ...scope() })
export const listRuleRunsValidator = vine.create({ ...pageParams(), ruleId: id().optional() })
export const ruleRunChangesValidator = vine.create({ ...pageParams() })
