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
