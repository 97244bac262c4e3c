import { RulePattern } from '#transactions/domain/rule_pattern'

export type RuleCondition =
  | { field: TextField; operator: TextOperator; value: string }
  | { field: 'tags'; operator: 'contains' | 'doesNotContain'; value: string }
  | { field: 'amount'; operator: 'is' | 'greaterThan' | 'lessThan'; value: number }
  | { field: 'account'; operator: 'is' | 'isNot'; value: string }

export const TEXT_FIELDS = ['payee', 'description', 'notes'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

export type TextOperator = Negation | 'is' | 'contains' | 'startsWith' | 'endsWith' | 'matches'

/** What a negation denies. */
const DENIED = { isNot: 'is', doesNotContain: 'contains' } as const
type Negation = keyof typeof DENIED

/** What conditions look at; amounts are signed minor units. */
export interface RuleFacts {
  payee: string
  /** What the bank calls the payee, where another is shown: a condition may mean either. */
  bankPayee: string | null
  description: string
  notes: string
  tags: readonly string[]
  amountMinor: number
  accountId: string
}

type Test = (facts: FoldedFacts) => boolean

/** Facts, and their texts as they are compared: in NFC, without case. Folded once, and only when asked. */
export class FoldedFacts {
  readonly facts: RuleFacts
  readonly payee: readonly string[]
  #description?: readonly string[]
  #notes?: readonly string[]

  constructor(facts: RuleFacts) {
    this.facts = facts
    this.payee = payeesOf(facts).map(fold)
  }

  get description() {
    return (this.#description ??= [fold(this.facts.description)])
  }

  get notes() {
    return (this.#notes ??= [fold(this.facts.notes)])
  }
}

/** Whether a condition holds. Throws `PatternRefused` for a pattern that RE2 doesn't take. */
export function testOf(condition: RuleCondition): Test {
  if (isNegation(condition.operator)) {
    const denied = { ...condition, operator: DENIED[condition.operator] } as RuleCondition
    const holds = testOf(denied)
    return (facts) => !holds(facts)
  }
  switch (condition.field) {
    case 'account':
      return ({ facts }) => facts.accountId === condition.value
    case 'amount':
      return amountTest(condition.operator, condition.value)
    case 'tags':
      return tagTest(condition.value)
    default:
      return textTest(condition)
  }
}

export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function textTest({ field, operator, value }: RuleCondition & { field: TextField }): Test {
  if (operator === 'matches') {
    const pattern = new RulePattern(value)
    return ({ facts }) => textsOf(facts, field).some((text) => pattern.isFoundIn(text))
  }
  const compare = COMPARISONS[operator as keyof typeof COMPARISONS]
  const folded = fold(value)
  return (facts) => facts[field].some((text) => compare(text, folded))
}

const COMPARISONS = {
  is: (text: string, value: string) => text === value,
  contains: (text: string, value: string) => text.includes(value),
  startsWith: (text: string, value: string) => text.startsWith(value),
  endsWith: (text: string, value: string) => text.endsWith(value),
}

function tagTest(value: string): Test {
  const tag = fold(value)
  return ({ facts }) => facts.tags.some((each) => fold(each) === tag)
}

function amountTest(operator: 'is' | 'greaterThan' | 'lessThan', value: number): Test {
  switch (operator) {
    case 'is':
      return ({ facts }) => facts.amountMinor === value
    case 'greaterThan':
      return ({ facts }) => facts.amountMinor > value
    case 'lessThan':
      return ({ facts }) => facts.amountMinor < value
  }
}

function textsOf(facts: RuleFacts, field: TextField): string[] {
  return field === 'payee' ? payeesOf(facts) : [facts[field]]
}

function payeesOf({ payee, bankPayee }: RuleFacts): string[] {
  return bankPayee === null ? [payee] : [payee, bankPayee]
}

function isNegation(operator: string): operator is Negation {
  return operator in DENIED
}
