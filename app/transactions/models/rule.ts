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
const MOST_PATTERNS = 100

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

  /**
   * Every rule may cost every row of an import, and patterns cost most: throws `Conflict` when
   * the user has too many.
   */
  static async assertNotTooMany(trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery<{ rows: { rules: number; patterns: number }[] }>(
      `SELECT count(*) AS rules, coalesce(sum(patterns), 0)::bigint AS patterns
       FROM rules, LATERAL (SELECT count(*) AS patterns FROM jsonb_array_elements(conditions) AS c
         WHERE c ->> 'operator' = 'matches') AS found`
    )
    const [{ rules: count, patterns }] = rows
    if (count > MOST_RULES) throw new Conflict(`There are ${MOST_RULES} rules at most.`)
    if (patterns > MOST_PATTERNS) throw new Conflict(`There are ${MOST_PATTERNS} patterns at most.`)
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
