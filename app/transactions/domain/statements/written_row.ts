import { Money } from '#core/money/money'
import type { Draft } from '#transactions/domain/statements/read_row'

/**
 * A row that could not be read, as far as its file says something for each field: days and
 * amounts as `2026-01-31` and `-12.99` where they mean anything, else as they stand there.
 */
export interface WrittenRow {
  id: string
  date: string
  payee: string
  description: string
  notes: string
  category: string
  amount: string
  currency: string
}

/** What a row says that was read and still is not booked. */
export function writtenDraft(draft: Draft): WrittenRow {
  return {
    id: draft.externalId ?? draft.ownId ?? '',
    date: draft.bookedOn,
    payee: draft.payee,
    description: draft.description,
    notes: draft.notes,
    category: draft.categoryName ?? '',
    amount: Money.of(draft.amountMinor, draft.currency).toDecimal(),
    currency: draft.currency,
  }
}

/** An amount nobody could read; its comma can only be a decimal one. */
export function writtenAmount(text: string): string {
  const amount = text.trim()
  return amount.includes('.') ? amount : amount.replace(',', '.')
}
