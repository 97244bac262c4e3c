import { isDeepStrictEqual } from 'node:util'
import { type PayeeRules, RULE_FIELDS, type RuleField } from '#transactions/domain/payee_rules'

/** What rules may set of a transaction. */
export interface RuleValues {
  categoryId: string | null
  payee: string
  tags: string[]
}

/** A transaction's values, and what keeps them from being changed. */
export interface HeldValues extends RuleValues {
  kind: 'income' | 'expense' | 'transfer'
  isSplit: boolean
  lockedFields: RuleField[]
}

/** A transaction of the history, as rules look at it. */
export interface HistoryRow extends HeldValues {
  id: string
  bankPayee: string | null
  description: string | null
  notes: string | null
  amount: number
  accountId: string
}

/** What rules make of a transaction. */
export interface RuleChange {
  transactionId: string
  before: RuleValues
  after: RuleValues
}

export interface Judgement {
  /** Whether the conditions hold. */
  matched: boolean
  /** Null when all is as the rules want it, or may not be changed. */
  change: RuleChange | null
}

/** What rules say of a transaction that is there already. */
export function judge(row: HistoryRow, rules: PayeeRules): Judgement {
  const { id, categoryId, payee, tags } = row
  const outcome = rules.apply({
    payee,
    bankPayee: row.bankPayee,
    description: row.description ?? '',
    notes: row.notes ?? '',
    tags,
    amountMinor: row.amount,
    accountId: row.accountId,
    fixed: fixedFields(row),
  })
  const before = { categoryId, payee, tags }
  const after = {
    categoryId: outcome.categoryId ?? categoryId,
    payee: outcome.payee ?? payee,
    tags: [...tags, ...outcome.tags.filter((tag) => !tags.includes(tag))],
  }
  const changes = !isDeepStrictEqual(before, after)
  return {
    matched: outcome.matched,
    change: changes ? { transactionId: id, before, after } : null,
  }
}

/**
 * The values of a transaction once a change is taken back. What somebody has set
 * since is kept: by hand, or by another rule. Tags that came with the change go;
 * those that came later stay.
 */
export function takeBack({ before, after }: Omit<RuleChange, 'transactionId'>, now: HeldValues) {
  const fixed = fixedFields(now)
  const values: RuleValues = { categoryId: now.categoryId, payee: now.payee, tags: now.tags }
  if (now.categoryId === after.categoryId && !fixed.includes('category')) {
    values.categoryId = before.categoryId
  }
  if (now.payee === after.payee && !fixed.includes('payee')) values.payee = before.payee
  if (!fixed.includes('tags')) {
    const added = after.tags.slice(before.tags.length)
    values.tags = now.tags.filter((tag) => !added.includes(tag))
  }
  return { values, kept: RULE_FIELDS.filter((field) => isKept(field, before, after, values)) }
}

/** Whether a field that was changed is neither as it was, nor was undone by somebody. */
function isKept(field: RuleField, before: RuleValues, after: RuleValues, left: RuleValues) {
  switch (field) {
    case 'category':
      return before.categoryId !== after.categoryId && left.categoryId !== before.categoryId
    case 'payee':
      return before.payee !== after.payee && left.payee !== before.payee
    case 'tags':
      return after.tags.slice(before.tags.length).some((tag) => left.tags.includes(tag))
  }
}

/** A person's choice stays, and the categories of splits and transfers are no rule's business. */
function fixedFields({ lockedFields, isSplit, kind }: HeldValues): RuleField[] {
  return isSplit || kind === 'transfer' ? [...lockedFields, 'category'] : lockedFields
}
