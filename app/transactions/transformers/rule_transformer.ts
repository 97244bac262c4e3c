import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Rule from '#transactions/models/rule'

const conditionSchema = s.oneOf<s.Schema<unknown>>(
  s.object({
    field: s.enumOf(['payee', 'description', 'notes']),
    operator: s.enumOf([
      'is',
      'isNot',
      'contains',
      'doesNotContain',
      'startsWith',
      'endsWith',
      'matches',
    ]),
    value: s.text(),
  }),
  s.object({
    field: s.enumOf(['tags']),
    operator: s.enumOf(['contains', 'doesNotContain']),
    value: s.text({ description: 'A whole tag' }),
  }),
  s.object({
    field: s.enumOf(['amount']),
    operator: s.enumOf(['is', 'greaterThan', 'lessThan']),
    value: s.minor(),
  }),
  s.object({ field: s.enumOf(['account']), operator: s.enumOf(['is', 'isNot']), value: s.id() })
)

const actionSchema = s.oneOf<s.Schema<unknown>>(
  s.object({ kind: s.enumOf(['setCategory']), categoryId: s.id() }),
  s.object({ kind: s.enumOf(['setPayee']), payee: s.text() }),
  s.object({ kind: s.enumOf(['addTags']), tags: s.array(s.text()) })
)

/** What a rule says, apart from its place among the others. */
export const ruleTerms = {
  match: s.enumOf(['all', 'any'], { description: 'How many of the conditions must hold' }),
  conditions: s.array(conditionSchema),
  actions: s.array(actionSchema),
}

export const ruleSchema = s.resource('Rule', {
  id: s.id(),
  name: s.text(),
  position: s.integer({ description: 'Rules act in this order; the first to set a field wins' }),
  enabled: s.boolean(),
  ...ruleTerms,
})

export default class RuleTransformer extends Transformer<Rule> {
  toObject() {
    return {
      id: this.resource.id,
      name: this.resource.name,
      position: this.resource.position,
      enabled: this.resource.enabled,
      match: this.resource.match,
      conditions: this.resource.conditions,
      actions: this.resource.actions,
    }
  }
}
