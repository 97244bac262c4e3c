import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import { RuleSchema } from '#database/schema'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Conflict } from '#core/http/problem'
import {
  type KnownCategories,
  type PayeeRule,
  type RuleAction,
  type RuleTerms,
  withoutLostCategories,
} from '#transactions/domain/payee_rules'
import type { RuleCondition } from '#transactions/domain/rule_conditions'

/** More would be somebody's program gone wrong. */
const MOST_RULES = 500

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

  /** Every rule may cost every row of an import: throws `Conflict` when there are enough. */
  static async makeRoom(trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery('SELECT count(*) AS count FROM rules')
    if (rows[0].count >= MOST_RULES) throw new Conflict(`There are ${MOST_RULES} rules already.`)
  }

  get terms(): RuleTerms {
    const { match, conditions, actions } = this
    return { match, conditions, actions }
  }

  /** Without actions whose category is gone. */
  asPayeeRule(known: KnownCategories): PayeeRule {
    const { id, position, enabled, terms } = this
    return withoutLostCategories({ id, position, enabled, ...terms }, known)
  }
}
