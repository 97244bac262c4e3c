/** In front or behind; not the dash that stands for no cents (`12,-`). */
const NEGATIVE = /^[^\d]*[-−–(]|\d\s*[-−–]\s*$|^\s*(?:DR|D|S)\b|(?<!\p{L})(?:DR|D|S)\.?\s*$/iu
const POSITIVE = /^[^\d]*\+|\d\s*\+\s*$|^\s*(?:CR|C|H)\b|(?<!\p{L})(?:CR|C|H)\.?\s*$/iu
/** What stands for a sign and means the same whatever a positive amount is. */
const WORDS = /(?<!\p{L})(?:CR|DR)\.?(?!\p{L})/iu

/** Whether the amount is written as one that leaves. */
export function isNegative(cell: string): boolean {
  return NEGATIVE.test(cell)
}

/** Whether the sign is a word, which needs no convention. */
export function isSignedInWords(cell: string): boolean {
  return WORDS.test(cell)
}

/**
 * Whether amounts say which of them leave: some do, or all say that they don't.
 * Where only credits are marked, what has no mark is no credit.
 */
export function isSigned(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => /\d/.test(cell))
  return (
    filled.some(isNegative) || (filled.length > 0 && filled.every((cell) => POSITIVE.test(cell)))
  )
}

/** Whether there are amounts but noughts, and each leaves. */
export function areAllNegative(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => /[1-9]/.test(cell))
  return filled.length > 0 && filled.every(isNegative)
}
