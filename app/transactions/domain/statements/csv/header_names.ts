import { isCurrency } from '#core/money/currency'
import { BALANCE_WORDS, HEADER_WORDS } from '#transactions/domain/statements/csv/header_words'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'

const LONGEST_HEADER = 100

const RANKS = new Map<RowField, Map<string, number>>(
  ROW_FIELDS.map((field) => {
    const names = HEADER_WORDS[field].split(/\s+/).map(normalizeHeader)
    return [field, new Map(names.map((name, rank) => [name, rank] as const).reverse())]
  })
)

const BALANCES = BALANCE_WORDS.split(/\s+/).map(normalizeHeader)

/**
 * The start of a header without case, accents, punctuation and what stands in
 * brackets; umlauts are the same as what replaces them (`ü`, `ue`).
 */
export function normalizeHeader(header: string): string {
  return header
    .slice(0, LONGEST_HEADER)
    .replace(/\([^)]*\)|（[^）]*）|\[[^\]]*\]/g, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replace(/æ|ae/g, 'a')
    .replace(/œ|oe/g, 'o')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('ue', 'u')
}

/**
 * How well a header names a field: 0 is best, undefined not at all. A currency
 * at the end (`Amount EUR`, `Betrag in Euro`) does not count; one alone (`CAD$`)
 * is an amount.
 */
export function headerRank(header: string, field: RowField): number | undefined {
  return rankOf(normalizeHeader(header), field)
}

/**
 * The currency a header names: in brackets, as its last word, or before a sign
 * (`Amount (USD)`, `Betrag in Euro`, `CAD$`); `other` for that of the other party.
 */
export function headerCurrency(header: string): string | undefined {
  const text = header.slice(0, LONGEST_HEADER).trim()
  if (/foreign|fremdw|original|devise étr/i.test(text)) return 'other'
  if (/€|\beuros?\b/i.test(text)) return 'EUR'
  const [code] =
    /(?<![A-Z])[A-Z]{3}(?=\$?[)\]\s]*$)/.exec(text) ??
    /(?<=[([])[A-Z]{3}(?=[)\]])/i.exec(text) ??
    []
  return code && isCurrency(code.toUpperCase()) ? code.toUpperCase() : undefined
}

/** Whether the header names what an account holds, which no amount of a row is. */
export function namesBalance(header: string): boolean {
  const name = withoutCurrency(normalizeHeader(header))
  return BALANCES.some((word) => name.startsWith(word) || name.endsWith(word))
}

/** The fields that a row of cells names, were it the header. */
export function namedFields(cells: readonly string[]): RowField[] {
  const names = cells.map(normalizeHeader)
  return ROW_FIELDS.filter((field) => names.some((name) => rankOf(name, field) !== undefined))
}

function rankOf(name: string, field: RowField): number | undefined {
  const ranks = RANKS.get(field)!
  const known = ranks.get(name)
  if (known !== undefined) return known
  if (field === 'amount' && isCurrency(name.toUpperCase())) return ranks.size
  const bare = withoutCurrency(name)
  return ranks.get(bare) ?? ranks.get(bare.replace(/in$/, ''))
}

function withoutCurrency(name: string): string {
  const bare = name.replace(/euros?$/, '')
  return bare === name && isCurrency(name.slice(-3).toUpperCase()) ? name.slice(0, -3) : bare
}
