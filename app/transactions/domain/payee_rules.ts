import {
  fold,
  FoldedFacts,
  testOf,
  type RuleCondition,
  type RuleFacts,
} from '#transactions/domain/rule_conditions'

/** What rules set, and a person may lock. */
export const RULE_FIELDS = ['category', 'payee', 'tags'] as const
export type RuleField = (typeof RULE_FIELDS)[number]

export type RuleAction =
  | { kind: 'setCategory'; categoryId: string }
  | { kind: 'setPayee'; payee: string }
  | { kind: 'addTags'; tags: string[] }

/** What a rule says, apart from its name. */
export interface RuleTerms {
  match: 'all' | 'any'
  conditions: RuleCondition[]
  actions: RuleAction[]
}

export interface PayeeRule extends RuleTerms {
  id: string
  position: number
  enabled: boolean
}

export interface KnownCategories {
  hasCategory(id: string): boolean
}

export interface RuleSubject extends RuleFacts {
  /** What rules must leave as it is. */
  fixed: readonly RuleField[]
}

/** What rules change: only what is set here; `ruleIds` are the rules that had a say, in order. */
export interface RuleOutcome {
  /** Whether the conditions of any rule hold. */
  matched: boolean
  categoryId?: string
  payee?: string
  tags: string[]
  ruleIds: string[]
}

interface CompiledRule {
  rule: PayeeRule
  order: number
  matches(facts: FoldedFacts): boolean
}

const NOTHING: RuleOutcome = Object.freeze({
  matched: false,
  tags: Object.freeze([] as string[]) as string[],
  ruleIds: Object.freeze([] as string[]) as string[],
})
const NO_RULES: readonly CompiledRule[] = []

/**
 * A user's rules, compiled once and applied to many rows: by imports, previews
 * and runs over the history alike. Every rule sees the row as it came; in the
 * order of their positions the first that sets a field wins, tags add up, and
 * what is fixed stays. Rules that need one payee exactly are looked up by it,
 * so their number costs a row nothing.
 */
export class PayeeRules {
  readonly #byPayee = new Map<string, CompiledRule[]>()
  readonly #others: CompiledRule[] = []

  constructor(rules: readonly PayeeRule[]) {
    const enabled = rules.filter((rule) => rule.enabled && rule.conditions.length > 0)
    enabled
      .sort((a, b) => a.position - b.position)
      .forEach((rule, order) => this.#add({ rule, order, matches: matcher(rule) }))
  }

  apply(subject: RuleSubject): RuleOutcome {
    if (this.#byPayee.size === 0 && this.#others.length === 0) return NOTHING

    const facts = new FoldedFacts(subject)
    const candidates = this.#candidates(facts)
    if (candidates.length === 0) return NOTHING

    const outcome: RuleOutcome = { matched: false, tags: [], ruleIds: [] }
    for (const { rule, matches } of candidates) {
      if (matches(facts)) act(rule, subject, outcome)
    }
    return outcome
  }

  /** In their order, each once. */
  #candidates({ payee }: FoldedFacts) {
    return payee.reduce(
      (candidates, name) => merged(this.#byPayee.get(name) ?? NO_RULES, candidates),
      this.#others as readonly CompiledRule[]
    )
  }

  #add(compiled: CompiledRule): void {
    const payees = exactPayees(compiled.rule)
    if (payees.length === 0) this.#others.push(compiled)
    for (const payee of new Set(payees)) {
      const known = this.#byPayee.get(payee)
      if (known) known.push(compiled)
      else this.#byPayee.set(payee, [compiled])
    }
  }
}

/** The rule as far as it can be carried out: without setting categories that are gone. */
export function withoutLostCategories<Rule extends RuleTerms>(
  rule: Rule,
  known: KnownCategories
): Rule {
  const actions = rule.actions.filter(
    (action) => action.kind !== 'setCategory' || known.hasCategory(action.categoryId)
  )
  return { ...rule, actions }
}

/** The payees one of which a row must have for the rule to match; none when other rows may match. */
function exactPayees({ match, conditions }: PayeeRule): string[] {
  const payees = conditions.flatMap((condition) =>
    condition.field === 'payee' && condition.operator === 'is' ? fold(condition.value) : []
  )
  if (match === 'all') return payees.slice(0, 1)
  return payees.length === conditions.length ? payees : []
}

function matcher({ match, conditions }: PayeeRule): CompiledRule['matches'] {
  const tests = conditions.map(testOf)
  return match === 'all'
    ? (facts) => tests.every((test) => test(facts))
    : (facts) => tests.some((test) => test(facts))
}

/** Merges two lists that are each in order. */
function merged(left: readonly CompiledRule[], right: readonly CompiledRule[]) {
  if (left.length === 0) return right
  const rules: CompiledRule[] = []
  for (let [l, r] = [0, 0]; l < left.length || r < right.length;) {
    const takesLeft = r === right.length || (l < left.length && left[l].order <= right[r].order)
    const taken = takesLeft ? left[l++] : right[r++]
    if (taken !== rules.at(-1)) rules.push(taken)
  }
  return rules
}

function act(rule: PayeeRule, { fixed }: RuleSubject, outcome: RuleOutcome): void {
  let acted = false
  for (const action of rule.actions) {
    if (action.kind === 'setCategory' && !fixed.includes('category') && !outcome.categoryId) {
      outcome.categoryId = action.categoryId
      acted = true
    } else if (action.kind === 'setPayee' && !fixed.includes('payee') && !outcome.payee) {
      outcome.payee = action.payee
      acted = true
    } else if (action.kind === 'addTags' && !fixed.includes('tags')) {
      const added = action.tags.filter((tag) => !outcome.tags.includes(tag))
      outcome.tags.push(...added)
      acted ||= added.length > 0
    }
  }
  outcome.matched = true
  if (acted) outcome.ruleIds.push(rule.id)
}
