export type RuleCondition =
  | { field: 'payee' | 'description'; operator: TextOperator; value: string }
  | { field: 'amount'; operator: 'is' | 'greaterThan' | 'lessThan'; value: number }
  | { field: 'account'; operator: 'is'; value: string }

export type TextOperator = 'is' | 'contains' | 'startsWith' | 'endsWith'

export type RuleAction =
  | { kind: 'setCategory'; categoryId: string }
  | { kind: 'setPayee'; payee: string }
  | { kind: 'addTags'; tags: string[] }

export interface PayeeRule {
  id: string
  position: number
  enabled: boolean
  match: 'all' | 'any'
  conditions: RuleCondition[]
  actions: RuleAction[]
}

/** What rules look at; amounts are signed minor units. */
export interface RuleSubject {
  payee: string
  description: string
  amountMinor: number
  accountId: string
  /** The row's own category; rules never replace it. */
  categoryId: string | null
}

/** What rules change: only what is set here; `ruleIds` are the rules that had a say, in order. */
export interface RuleOutcome {
  categoryId?: string
  payee?: string
  tags: string[]
  ruleIds: string[]
}

interface FoldedSubject extends RuleSubject {
  foldedPayee: string
  foldedDescription: string
}

interface CompiledRule {
  rule: PayeeRule
  order: number
  matches(subject: FoldedSubject): boolean
}

const NOTHING: RuleOutcome = Object.freeze({
  tags: Object.freeze([] as string[]) as string[],
  ruleIds: Object.freeze([] as string[]) as string[],
})
const NO_RULES: readonly CompiledRule[] = []

/**
 * A user's rules, compiled once and applied to many rows. Every rule sees the
 * row as it came; in the order of their positions the first that sets a field
 * wins, tags add up, and a row's own category stays. Text is compared in NFC
 * without case. Rules that need one payee exactly are looked up by it, so
 * their number costs a row nothing.
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
    const foldedPayee = fold(subject.payee)
    const exact = this.#byPayee.get(foldedPayee) ?? NO_RULES
    if (exact.length === 0 && this.#others.length === 0) return NOTHING

    const folded = { ...subject, foldedPayee, foldedDescription: fold(subject.description) }
    const outcome: RuleOutcome = { tags: [], ruleIds: [] }
    for (const compiled of inOrder(exact, this.#others)) {
      if (compiled.matches(folded)) act(compiled.rule, subject, outcome)
    }
    return outcome
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

/** The payees one of which a row must have for the rule to match; none when other rows may match. */
function exactPayees({ match, conditions }: PayeeRule): string[] {
  const payees = conditions.flatMap((condition) =>
    condition.field === 'payee' && condition.operator === 'is' ? fold(condition.value) : []
  )
  if (match === 'all') return payees.slice(0, 1)
  return payees.length === conditions.length ? payees : []
}

function matcher({ match, conditions }: PayeeRule): CompiledRule['matches'] {
  const tests = conditions.map(tester)
  return match === 'all'
    ? (subject) => tests.every((test) => test(subject))
    : (subject) => tests.some((test) => test(subject))
}

function tester(condition: RuleCondition): (subject: FoldedSubject) => boolean {
  if (condition.field === 'account') return (subject) => subject.accountId === condition.value
  if (condition.field === 'amount') return amountTester(condition.operator, condition.value)

  const key = condition.field === 'payee' ? 'foldedPayee' : 'foldedDescription'
  const value = fold(condition.value)
  switch (condition.operator) {
    case 'is':
      return (subject) => subject[key] === value
    case 'contains':
      return (subject) => subject[key].includes(value)
    case 'startsWith':
      return (subject) => subject[key].startsWith(value)
    case 'endsWith':
      return (subject) => subject[key].endsWith(value)
  }
}

function amountTester(operator: 'is' | 'greaterThan' | 'lessThan', value: number) {
  switch (operator) {
    case 'is':
      return (subject: FoldedSubject) => subject.amountMinor === value
    case 'greaterThan':
      return (subject: FoldedSubject) => subject.amountMinor > value
    case 'lessThan':
      return (subject: FoldedSubject) => subject.amountMinor < value
  }
}

/** Merges two lists that are each in order. */
function* inOrder(left: readonly CompiledRule[], right: readonly CompiledRule[]) {
  let l = 0
  let r = 0
  while (l < left.length || r < right.length) {
    const takesLeft = r === right.length || (l < left.length && left[l].order < right[r].order)
    yield takesLeft ? left[l++] : right[r++]
  }
}

function act(rule: PayeeRule, subject: RuleSubject, outcome: RuleOutcome): void {
  let acted = false
  for (const action of rule.actions) {
    if (action.kind === 'setCategory' && !subject.categoryId && !outcome.categoryId) {
      outcome.categoryId = action.categoryId
      acted = true
    } else if (action.kind === 'setPayee' && !outcome.payee) {
      outcome.payee = action.payee
      acted = true
    } else if (action.kind === 'addTags') {
      const added = action.tags.filter((tag) => !outcome.tags.includes(tag))
      outcome.tags.push(...added)
      acted ||= added.length > 0
    }
  }
  if (acted) outcome.ruleIds.push(rule.id)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
