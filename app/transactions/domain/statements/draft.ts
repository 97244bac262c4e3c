import type { Currency } from '#core/money/currency'
import { isUuid } from '#core/database/uuid'
import { Money } from '#core/money/money'
import type { AmountProblem } from '#transactions/domain/statements/amounts'
import { readDate } from '#transactions/domain/statements/dates'
import { UNDECODABLE } from '#transactions/domain/statements/encoding'
import type { Draft } from '#transactions/domain/statements/read_row'
import type { RowField } from '#transactions/domain/statements/fields'
import { Rejection, type RejectionReason } from '#transactions/domain/statements/rejection'
import {
  LONGEST_TEXT,
  cut,
  lineOf,
  overlongField,
  paragraphOf,
  payeeOf,
} from '#transactions/domain/statements/texts'
import { writtenAmount, type WrittenRow } from '#transactions/domain/statements/written_row'

/** What an entry of a statement says, as it stands there. */
export interface Entry {
  id?: string
  /** The id may be of Finora's own making. */
  isExported?: boolean
  /** With the year in front: `2026-01-31` or `20260131`. */
  day: string
  payee?: string
  description?: string
  notes?: string
  category?: string
  /** Signed. */
  amount: number | AmountProblem
  /** The amount as it stands there, with its sign. */
  amountText: string
  currency: Currency
}

/** What stands for a reference where a bank has none. */
const NO_REFERENCE = /^(?:0*|-|none|n\/?a|non-?ref|no-?ref|not ?provided|unknown)$/i

/** Whether the text refers to anything. */
export function isReference(text: string): boolean {
  return !NO_REFERENCE.test(text)
}

/**
 * An entry as a draft. Texts of the bank's making are cut to what their columns
 * hold (the raw text has all of them); an id that is too long is rejected, since
 * half of it could be another's.
 */
export function draftOf(entry: Entry): Draft | Rejection {
  const refused = (field: RowField, reason: RejectionReason) =>
    new Rejection(field, reason, writtenEntry(entry))
  const bookedOn = readDate(entry.day.trim(), 'YMD')
  if (bookedOn === null) return refused('bookedOn', entry.day ? 'unreadable' : 'missing')
  if (typeof entry.amount === 'string') return refused('amount', entry.amount)
  if (entry.amount === 0) return refused('amount', 'zero')

  const description = paragraphOf(entry.description ?? '')
  const draft: Draft = {
    ...idOf(lineOf(entry.id ?? ''), entry.isExported),
    bookedOn,
    accountName: null,
    payee: cut(payeeOf(entry.payee ?? '', description), LONGEST_TEXT.payee),
    description: cut(description, LONGEST_TEXT.description),
    notes: cut(paragraphOf(entry.notes ?? ''), LONGEST_TEXT.notes),
    categoryName: lineOf(entry.category ?? '') || null,
    amountMinor: entry.amount,
    currency: entry.currency.code,
    tags: [],
  }
  const tooLong = overlongField(draft)
  return tooLong ? refused(tooLong, 'tooLong') : draft
}

/** What an entry that can't be read says, in texts as an import takes them. */
export function writtenEntry(entry: Entry): WrittenRow {
  const { amount, amountText, currency } = entry
  const day = entry.day.trim()
  const id = lineOf(entry.id ?? '')
  return {
    id: isReference(id) ? id : '',
    date: readDate(day, 'YMD') ?? day,
    payee: cut(lineOf(entry.payee ?? ''), LONGEST_TEXT.payee),
    description: cut(paragraphOf(entry.description ?? ''), LONGEST_TEXT.description),
    notes: cut(paragraphOf(entry.notes ?? ''), LONGEST_TEXT.notes),
    category: lineOf(entry.category ?? ''),
    amount:
      typeof amount === 'number'
        ? Money.of(amount, currency.code).toDecimal()
        : writtenAmount(amountText),
    currency: currency.code,
  }
}

function idOf(id: string, isExported = false): Pick<Draft, 'externalId' | 'ownId'> {
  if (isExported && isUuid(id)) return { externalId: null, ownId: id }
  return { externalId: isReference(id) ? id : null }
}

/** The rejection of a row whose source holds what no text may; null when it may be read. */
export function brokenText(raw: string): Rejection | null {
  if (raw.includes('\0')) return new Rejection(null, 'nul')
  return raw.includes(UNDECODABLE) ? new Rejection(null, 'undecodable') : null
}
