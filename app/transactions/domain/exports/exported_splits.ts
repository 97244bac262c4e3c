import type { Currency } from '#core/money/currency'
import { exportedAmount } from '#transactions/domain/exports/exported_text'
import { readExactAmount } from '#transactions/domain/statements/amounts'

/** A part of a transaction under the name of its category. */
export interface NamedSplit {
  categoryName: string | null
  /** Minor units. */
  amount: number
}

const PART = /^(?:(.*) )?([+-]?\d+(?:\.\d+)?)$/s

/** `Dining -10.00; Gifts -2.99`; notes are left out. */
export function splitsText(splits: readonly NamedSplit[], currency: string): string {
  return splits
    .map(({ categoryName, amount }) => `${categoryName ?? ''} ${exportedAmount(amount, currency)}`)
    .join('; ')
    .trim()
}

/** What `splitsText` was given; none where the text isn't clear or doesn't add up to `amount`. */
export function splitsOf(text: string, amount: number, currency: Currency): NamedSplit[] {
  if (text === '') return []
  const splits: NamedSplit[] = []
  let sum = 0
  for (const part of text.split('; ')) {
    const parts = PART.exec(part.trim())
    const minor = parts ? readExactAmount(parts[2], currency) : 'unreadable'
    if (typeof minor === 'string' || minor === 0) return []
    splits.push({ categoryName: parts![1]?.trim() || null, amount: minor })
    sum += minor
  }
  return sum === amount ? splits : []
}
