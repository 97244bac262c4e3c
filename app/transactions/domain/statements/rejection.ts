import type { AmountProblem } from '#transactions/domain/statements/amounts'
import type { RowField } from '#transactions/domain/statements/fields'
import type { WrittenRow } from '#transactions/domain/statements/written_row'

/** What is wrong with the text of a row, whatever it says. */
export type BrokenText = 'tooLong' | 'nul' | 'undecodable'

export type RejectionReason =
  | AmountProblem
  | BrokenText
  | 'unterminatedQuote'
  | 'unknownCurrency'
  | 'tooFewCells'
  | 'tooManyCells'
  | 'notBooked'
  | 'noTransaction'
  | 'otherAccount'
  | 'correction'
  | 'investment'
  | 'cut'
  | 'malformed'

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
  notBooked: 'says that the bank has not booked it (yet)',
  noTransaction: 'says what the account held or what all rows come to, not what was moved',
  otherAccount: "is of another account than the file's first: import that account's file",
  correction: 'corrects or deletes an earlier transaction: change that one by hand',
  investment: 'is of an investment account, not of its cash',
  cut: 'is not whole: the file ends too early',
  malformed: 'cannot be read, nor what follows: the file is not well-formed from here on',
}

/** Stops the reading of one row; no Error, for a file may be rejected row by row. */
export class Rejection {
  /** @param written what the row says, where its format has no cells to show */
  constructor(
    readonly field: RowField | null,
    readonly reason: RejectionReason,
    readonly written: WrittenRow | null = null
  ) {}
}

/** The reason as a sentence for people; it repeats nothing the file says. */
export function messageOf(reason: RejectionReason, field: RowField | null): string {
  return `The ${field ?? 'row'} ${MESSAGES[reason]}`
}
