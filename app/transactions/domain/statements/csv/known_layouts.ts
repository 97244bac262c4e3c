import { normalizeHeader } from '#transactions/domain/statements/csv/header_names'
import type { DateOrder } from '#transactions/domain/statements/dates'

/** Headers of banks that write the month first, as few as no other bank has together. */
const MONTH_FIRST = layouts(`
  transaction date, post date, description, category, type, amount, memo
  details, posting date, description, amount, type, balance, check or slip #
  trans. date, post date, description, amount, category
  posted date, reference number, payee, address, amount
  date, description, amount, running bal.
  date, description, card member, account #, amount, city/state, zip code
  transaction date, clearing date, description, merchant, purchased by
  date, status, type, checknumber, description, withdrawal, deposit, runningbalance
  account number, transaction description, transaction date, transaction type, transaction amount
  date, description, original description, amount, transaction type, account name, labels
`)

/** Headers that only exports of cards have which count what is spent as positive. */
const CARDS = layouts(`
  appears on your statement as
  erscheint auf ihrer abrechnung als
  card member, account #
  clearing date, purchased by
  trans. date, post date
`)

/** All headers of such a card (Nubank's), which other programs might have too. */
const LIKE_CARDS = layouts(`
  date, title, amount
  date, category, title, amount
`)

/** Whether only a card has these headers, which counts what is spent as positive. */
export function isOfCard(headers: readonly string[]): boolean {
  return matches(CARDS, headers)
}

/** Whether such a card has these headers and no others. */
export function mayBeOfCard(headers: readonly string[]): boolean {
  return LIKE_CARDS.some(({ length }) => length === headers.length) && matches(LIKE_CARDS, headers)
}

/** The order of a date's parts where the headers give the bank away. */
export function dateOrderOf(headers: readonly string[]): DateOrder | undefined {
  return matches(MONTH_FIRST, headers) ? 'MDY' : undefined
}

function matches(known: readonly string[][], headers: readonly string[]): boolean {
  const names = new Set(headers.map(normalizeHeader))
  return known.some((layout) => layout.every((name) => names.has(name)))
}

/** One layout a line. */
function layouts(lines: string): string[][] {
  return lines
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(normalizeHeader))
}
