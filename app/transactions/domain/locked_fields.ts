import { RULE_FIELDS, type RuleField } from '#transactions/domain/payee_rules'

/** What a person says of a transaction, as far as rules could set it too. */
interface Details {
  categoryId?: unknown
  payee?: unknown
  tags?: unknown
}

const NAMES = { category: 'categoryId', payee: 'payee', tags: 'tags' } as const

/** The fields these details set, to nothing included: they are the person's from then on. */
export function fieldsSetBy(details: Details): RuleField[] {
  return RULE_FIELDS.filter((field) => details[NAMES[field]] !== undefined)
}
