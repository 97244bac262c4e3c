import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Rule from '#transactions/models/rule'

const condition = s.oneOf<s.Schema<unknown>>(
  s.object({
    field: s.enumOf(['payee', 'description']),
    operator: s.enumOf(['is', 'contains', 'startsWith', 'endsWith']),
    value: s.text(),
  }),
  s.object({
    field: s.enumOf(['amount']),
    operator: s.enumOf(['is', 'greaterThan', 'lessThan']),
    value: s.minor(),
  }),
  s.object({ field: s.enumOf(['account']), operator: s.enumOf(['is']), value: s.id() })
)

const action = s.oneOf<s.Schema<unknown>>(
  s.object({ kind: s.enumOf(['setCategory']), categoryId: s.id() }),
  s.object({ kind: s.enumOf(['setPayee']), payee: s.text() }),
  s.object({ kind: s.enumOf(['addTags']), tags: s.array(s.text()) })
)

export const ruleSchema = s.resource('Rule', {
  id: s.id(),
  name: s.text(),
  position: s.integer({ description: 'Rules act in this order; the first to set a field wins' }),
  enabled: s.boolean(),
  match: s.enumOf(['all', 'any'], { description: 'How many of the conditions must hold' }),
  conditions: s.array(condition),
  actions: s.array(action),
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
