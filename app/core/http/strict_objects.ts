import { symbols, VineObject } from '@vinejs/vine'
import type { FieldContext, ObjectNode, RefsStore } from '@vinejs/compiler/types'

/**
 * Makes every `vine.object` refuse what it does not know instead of dropping it
 * in silence: a mistyped field, or one that may not be assigned (`role`,
 * `balance`), is a 422 with rule `unknown`. `allowUnknownProperties()` still
 * opens an object. It takes effect when a validator is compiled, so it is
 * imported before any of them.
 */
const parse = VineObject.prototype[symbols.PARSE]

VineObject.prototype[symbols.PARSE] = function (...args) {
  const [, refs] = args
  const node = parse.apply(this, args)
  return node.allowUnknownProperties ? node : refusingUnknown(node, refs)
}

function refusingUnknown(node: ObjectNode, refs: RefsStore): ObjectNode {
  const known = new Set(fieldNames(node))
  const optional = node.properties
    .filter((property) => 'isOptional' in property && property.isOptional && !property.allowNull)
    .map(({ fieldName }) => fieldName)
  const ruleFnId = refs.trackValidation({
    validator: (value: unknown, _options: unknown, field: FieldContext) => {
      reportUnknown(value as object, known, field)
      reportNulls(value as Record<string, unknown>, optional, field)
    },
  })
  const rule = { ruleFnId, name: 'unknown', implicit: false, isAsync: false }
  return { ...node, bail: false, validations: [rule, ...node.validations] }
}

/** As many as help; a body of nothing else would be answered with a longer one. */
const MOST_REPORTED = 20

function reportUnknown(value: object, known: Set<string>, field: FieldContext) {
  const unknown = Object.keys(value).filter((name) => !known.has(name))
  for (const name of unknown.slice(0, MOST_REPORTED)) {
    field.report('The field is not known', 'unknown', within(field, name))
  }
}

/** To leave a field out is one thing, to empty it another; VineJS takes null for both. */
function reportNulls(value: Record<string, unknown>, optional: string[], field: FieldContext) {
  for (const name of optional.filter((each) => value[each] === null)) {
    field.report('The field cannot be null', 'notNull', within(field, name))
  }
}

/** The context of a property that has none, as no schema describes it. */
function within(field: FieldContext, name: string): FieldContext {
  const path = [field.getFieldPath(), name].filter((part) => part !== '').join('.')
  return { ...field, name, getFieldPath: () => path, wildCardPath: path }
}

function fieldNames(node: Pick<ObjectNode, 'properties' | 'groups'>): string[] {
  const conditional = node.groups.flatMap((group) =>
    group.conditions.flatMap(({ schema }) => fieldNames(schema))
  )
  return [...node.properties.map(({ fieldName }) => fieldName), ...conditional]
}
