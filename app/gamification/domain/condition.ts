import { daysUntil, type Window } from '#gamification/domain/days'
import type { Figures } from '#gamification/domain/facts'

export const operators = ['>=', '>', '<=', '<', '='] as const
export type Operator = (typeof operators)[number]

/**
 * When something is earned. `window` narrows a fact to the last so many days;
 * in a challenge, without one, it is read within the period.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { fact: string; op: Operator; value: number; window?: { days: number } }

type Comparison = Extract<Condition, { fact: string }>

/** What a condition is asked of. */
export interface Situation {
  figures: Figures
  today: string
  /** A challenge's. */
  period?: Window
}

export function isMet(condition: Condition, situation: Situation): boolean {
  if ('all' in condition) return condition.all.every((each) => isMet(each, situation))
  if ('any' in condition) return condition.any.some((each) => isMet(each, situation))
  if ('not' in condition) return !isMet(condition.not, situation)
  return holds(condition, actualOf(condition, situation))
}

/**
 * How near it is, from 0 to 1 with four decimals; 1 exactly when it is met. Of
 * several goals that must all be met, each counts the same, and limits that are
 * exceeded put back; of alternatives, the nearest counts; a negation is met or not.
 */
export function progressOf(condition: Condition, situation: Situation): number {
  if (isMet(condition, situation)) return 1
  return Math.min(Math.floor(nearness(condition, situation) * 10_000) / 10_000, ALMOST)
}

const ALMOST = 0.9999

function nearness(condition: Condition, situation: Situation): number {
  if (isMet(condition, situation)) return 1
  if ('all' in condition) return nearnessOfAll(condition.all, situation)
  if ('any' in condition) return Math.max(...condition.any.map((each) => nearness(each, situation)))
  if ('not' in condition) return 0
  return closeness(condition, actualOf(condition, situation))
}

/** Keeping a limit is no progress; exceeding it puts back what has been reached. */
function nearnessOfAll(conditions: Condition[], situation: Situation): number {
  const [limits, goals] = [conditions.filter(isLimit), conditions.filter((each) => !isLimit(each))]
  const parts = (goals.length > 0 ? goals : limits).map((each) => nearness(each, situation))
  const reached = parts.reduce((sum, part) => sum + part, 0) / parts.length
  if (goals.length === 0) return reached
  return limits.reduce((product, limit) => product * nearness(limit, situation), reached)
}

function isLimit(condition: Condition): boolean {
  return 'not' in condition || ('fact' in condition && ['<', '<='].includes(condition.op))
}

/** The way to a least value is the part that is done; to a most value, how far it is exceeded. */
function closeness({ op, value }: Comparison, actual: number): number {
  if (op === '=') return 0
  const [part, whole] = op === '>=' || op === '>' ? [actual, value] : [value, actual]
  return whole <= 0 ? 0 : Math.min(Math.max(part / whole, 0), 1)
}

function actualOf({ fact, window }: Comparison, { figures, today, period }: Situation) {
  return figures.of(fact, window ? daysUntil(today, window.days) : period)
}

function holds({ op, value }: Comparison, actual: number): boolean {
  switch (op) {
    case '>=':
      return actual >= value
    case '>':
      return actual > value
    case '<=':
      return actual <= value
    case '<':
      return actual < value
    case '=':
      return actual === value
  }
}
