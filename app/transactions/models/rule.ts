import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import { RuleSchema } from '#database/schema'
import type { PayeeRule, RuleAction, RuleCondition } from '#transactions/domain/payee_rules'

const json = { prepare: (value: unknown) => JSON.stringify(value) }

/** What to do with transactions that look a certain way, in the user's order. */
export default class Rule extends RuleSchema {
  static selfAssignPrimaryKey = true

  @column(json)
  declare conditions: RuleCondition[]

  @column(json)
  declare actions: RuleAction[]

  @beforeCreate()
  static prepare(rule: Rule) {
    rule.id ??= randomUUIDv7()
    rule.match ??= 'all'
    rule.enabled ??= true
  }

  /** Without actions whose category is gone. */
  asPayeeRule(known: { hasCategory(id: string): boolean }): PayeeRule {
    const { id, position, enabled, match, conditions } = this
    const actions = this.actions.filter(
      (action) => action.kind !== 'setCategory' || known.hasCategory(action.categoryId)
    )
    return { id, position, enabled, match, conditions, actions }
  }
}
