import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { normalizeHeader } from '#transactions/domain/statements/csv/header_names'

export type Positive = 'income' | 'expense'

/** Headers that only exports of cards have which count what is spent as positive. */
const CARDS = [
  'appearsonyourstatementas',
  'erscheintaufihrerabrechnungals',
  'cardmember account#',
  'clearingdate purchasedby',
  'transdate postdate',
].map((names) => names.split(' ').map(normalizeHeader))

/**
 * What a positive amount of a file is. A file whose amounts are all positive
 * leaves it open (confidence 0.5): they may all be income, or all be spent.
 */
export function detectPositive(
  headers: readonly string[],
  { amount, direction }: CsvColumns,
  amounts: readonly string[]
): { positive: Positive; confidence: number } {
  const names = new Set(headers.map(normalizeHeader))
  const isCard = CARDS.some((card) => card.every((name) => names.has(name)))
  if (isCard && amount !== undefined) return { positive: 'expense', confidence: 0.9 }
  const isClear = amount === undefined || direction !== undefined || amounts.some(isNegative)
  return { positive: 'income', confidence: isClear ? 1 : 0.5 }
}

function isNegative(text: string): boolean {
  return /[-−–(]/.test(text)
}
