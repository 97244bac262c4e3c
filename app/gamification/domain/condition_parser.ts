import type { FieldError } from '#core/http/problem'
import { ValidationFailed } from '#core/http/problem'
import { operators, type Condition } from '#gamification/domain/condition'
import type { Fact, Facts } from '#gamification/domain/facts'

/** More nobody understands. */
const DEEPEST = 5
const MOST_COMPARISONS = 20
const LONGEST_WINDOW = 3_660
const MOST = 1_000_000_000

const COMBINATIONS = ['all', 'any', 'not'] as const

interface Demands {
  /** Every fact there is. */
  facts: Facts
  /** A challenge's, within which its facts are read. */
  period?: 'week' | 'month'
}

/**
 * Takes a condition for what somebody wrote.
 *
 * @throws ValidationFailed naming each place that is wrong, by its dotted path
 */
export function parseCondition(written: unknown, demands: Demands): Condition {
  const reading = new Reading(demands)
  reading.condition(written, 'condition', 1)
  if (reading.errors.length > 0) throw new ValidationFailed(reading.errors)
  return written as Condition
}

class Reading {
  readonly errors: FieldError[] = []
  #comparisons = 0

  constructor(private demands: Demands) {}

  condition(written: unknown, path: string, depth: number): void {
    if (!isObject(written)) return this.#refuse(path, 'object', 'A condition is an object')
    if (depth > DEEPEST) return this.#refuse(path, 'depth', `No more than ${DEEPEST} levels`)

    const combination = COMBINATIONS.find((word) => Object.hasOwn(written, word))
    if (!combination) return this.#comparison(written, path)

    this.#refuseOthers(written, [combination], path)
    const parts = written[combination]
    if (combination === 'not') return this.condition(parts, `${path}.not`, depth + 1)
    if (!Array.isArray(parts) || parts.length === 0) {
      return this.#refuse(`${path}.${combination}`, 'array', 'A list of conditions, not empty')
    }
    for (const [index, part] of parts.entries()) {
      this.condition(part, `${path}.${combination}.${index}`, depth + 1)
    }
  }

  #comparison(written: Record<string, unknown>, path: string) {
    if (++this.#comparisons > MOST_COMPARISONS) {
      return this.#refuse(path, 'comparisons', `No more than ${MOST_COMPARISONS} comparisons`)
    }
    this.#refuseOthers(written, ['fact', 'op', 'value', 'window'], path)
    if (!operators.includes(written.op as never)) {
      this.#refuse(`${path}.op`, 'enum', `One of ${operators.join(' ')}`)
    }
    const { facts } = this.demands
    const name = written.fact
    if (typeof name !== 'string' || !Object.hasOwn(facts, name)) {
      const known = Object.keys(facts).sort().join(', ')
      return this.#refuse(`${path}.fact`, 'fact', `There is no such fact; there are ${known}`)
    }
    this.#value(written.value, facts[name], `${path}.value`)
    this.#window(written.window, facts[name], path)
  }

  #value(value: unknown, { measure }: Fact, path: string) {
    const isInRange = typeof value === 'number' && Math.abs(value) <= MOST
    if (!isInRange) return this.#refuse(path, 'number', `A number up to ${MOST}`)
    if (measure === 'share' && (value < 0 || value > 1)) {
      return this.#refuse(path, 'share', 'A share is from 0 to 1')
    }
    if (measure !== 'share' && !Number.isInteger(value)) {
      this.#refuse(path, 'integer', 'A whole number')
    }
  }

  /** What is only known for months says nothing of days, and what is only known ever, of neither. */
  #window(window: unknown, { grain }: Fact, path: string) {
    const { period } = this.demands
    if (window === undefined) {
      const fits = !period || grain === 'day' || (grain === 'month' && period === 'month')
      if (!fits) this.#refuse(`${path}.fact`, 'grain', `It can’t be read within a ${period}`)
      return
    }
    if (grain !== 'day') return this.#refuse(`${path}.window`, 'grain', 'The fact has no days')
    if (period)
      return this.#refuse(`${path}.window`, 'period', 'A challenge’s period is its window')
    const days = isObject(window) && Object.keys(window).length === 1 ? window.days : undefined
    if (!Number.isInteger(days) || (days as number) < 1 || (days as number) > LONGEST_WINDOW) {
      this.#refuse(`${path}.window`, 'window', `{ "days": 1 to ${LONGEST_WINDOW} }`)
    }
  }

  #refuseOthers(written: object, known: string[], path: string) {
    for (const key of Object.keys(written)) {
      if (!known.includes(key)) this.#refuse(`${path}.${key}`, 'unknown', 'Nothing knows this')
    }
  }

  #refuse(field: string, rule: string, message: string) {
    this.errors.push({ field, rule, message })
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
