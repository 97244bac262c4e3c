import type { AmountProblem } from '#transactions/domain/csv/amounts'
import type { CsvField } from '#transactions/domain/csv/header_names'
import type { BrokenRow } from '#transactions/domain/csv/csv_row'

export type RejectionReason =
  AmountProblem | BrokenRow | 'unknownCurrency' | 'tooFewCells' | 'tooManyCells'

const MESSAGES: Record<RejectionReason, string> = {
  missing: 'is empty',
  unreadable: 'cannot be read',
  tooPrecise: 'has more decimals than the currency',
  outOfRange: 'is outside ±(2^53−1) minor units',
  zero: 'is zero',
  otherCurrency: "names another currency than the row's",
  bothFilled: 'and the credit are both filled',
  negativeCredit: 'is empty, and the credit is negative',
  tooLong: 'is too long',
  unknownCurrency: 'is not an ISO 4217 currency',
  unterminatedQuote: 'has a quote that is never closed',
  nul: 'holds a NUL character',
  undecodable: 'holds bytes that mean nothing in the encoding of the file',
  tooFewCells: 'has fewer cells than the header',
  tooManyCells: 'has more cells than the header: a delimiter stands unquoted in a text',
}

/** The reason as a sentence for people; it repeats nothing the file says. */
export function messageOf(reason: RejectionReason, field: CsvField | null): string {
  return `The ${field ?? 'row'} ${MESSAGES[reason]}`
}
