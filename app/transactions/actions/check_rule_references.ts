import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Account from '#wallet/models/account'
import type { RuleTerms } from '#transactions/domain/payee_rules'
import Category from '#transactions/models/category'

/** What a person says of a rule. */
export interface RuleDetails extends Omit<RuleTerms, 'match'> {
  name: string
  position?: number
  enabled?: boolean
  match?: RuleTerms['match']
}

/** Rules name only accounts and categories of their own user. */
export async function checkRuleReferences(
  { conditions = [], actions = [] }: Partial<RuleTerms>,
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
