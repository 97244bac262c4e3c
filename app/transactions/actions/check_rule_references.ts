import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Account from '#wallet/models/account'
import type { RuleAction, RuleCondition } from '#transactions/domain/payee_rules'
import Category from '#transactions/models/category'

/** What a person says of a rule. */
export interface RuleDetails {
  name: string
  position?: number
  enabled?: boolean
  match?: 'all' | 'any'
  conditions: RuleCondition[]
  actions: RuleAction[]
}

/** Rules name only accounts and categories of their own user. */
export async function checkRuleReferences(
  { conditions = [], actions = [] }: Partial<RuleDetails>,
  trx: TransactionClientContract
) {
  for (const [index, condition] of conditions.entries()) {
    if (condition.field !== 'account') continue
    await Account.findReferenced(condition.value, `conditions.${index}.value`, trx)
  }
  for (const [index, action] of actions.entries()) {
    if (action.kind !== 'setCategory') continue
    await Category.findReferenced(action.categoryId, `actions.${index}.categoryId`, trx)
  }
}
