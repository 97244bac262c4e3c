import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { RULE_FIELDS } from '#transactions/domain/payee_rules'
import type { RuleValues } from '#transactions/domain/rule_change'
import type { PreviewedChange } from '#transactions/queries/rule_preview'
import type { LoggedChange } from '#transactions/queries/rule_run_changes'
import { categoryReference } from '#transactions/transformers/transaction_transformer'

const values = s.object({
  category: s.nullable(categoryReference),
  payee: s.text(),
  tags: s.array(s.text()),
})
const sides = { transactionId: s.id(), before: values, after: values }

export const previewedChangeSchema = s.resource('PreviewedRuleChange', {
  ...sides,
  accountId: s.id(),
  bookedOn: s.day(),
  amount: s.minor(),
  currency: s.currency(),
})

export const ruleChangeSchema = s.resource('RuleChange', {
  ...sides,
  kept: s.array(s.enumOf(RULE_FIELDS), {
    description: 'What the reversal of the run has left, because it had been set again since',
  }),
})

/** A change that a run would make. */
export class PreviewedChangeTransformer extends Transformer<
  PreviewedChange & { categories: Map<string, string> }
> {
  toObject() {
    const { transactionId, before, after, row, categories } = this.resource
    const nameOf = (id: string) => categories.get(id)
    return {
      transactionId,
      before: shown(before, nameOf),
      after: shown(after, nameOf),
      accountId: row.accountId,
      bookedOn: row.bookedOn,
      amount: row.amount,
      currency: row.currency,
    }
  }
}

/** A change that a run has made. */
export default class RuleChangeTransformer extends Transformer<LoggedChange> {
  toObject() {
    const { transactionId, before, after, keptFields, categoryNames } = this.resource
    const nameOf = (id: string) => categoryNames[id]
    return {
      transactionId,
      before: shown(before, nameOf),
      after: shown(after, nameOf),
      kept: keptFields,
    }
  }
}

function shown(
  { categoryId, payee, tags }: RuleValues,
  nameOf: (id: string) => string | undefined
) {
  const name = categoryId === null ? undefined : nameOf(categoryId)
  return { category: name === undefined ? null : { id: categoryId!, name }, payee, tags }
}
