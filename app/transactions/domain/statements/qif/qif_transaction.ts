import type { Currency } from '#core/money/currency'
import { isUuid } from '#core/database/uuid'
import { readAmount } from '#transactions/domain/statements/amounts'
import { readDate } from '#transactions/domain/statements/dates'
import { draftOf, writtenEntry } from '#transactions/domain/statements/draft'
import type { QifLayout } from '#transactions/domain/statements/qif/qif_layout'
import type { Draft } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'

/**
 * Reads the lines of one record (Quicken's QIF, 1997). Its categories are
 * `Parent:Leaf/class`, of which the leaf counts; `[Account]` is a transfer and no
 * category. Parts of a split stand in the notes: their sum is the row's amount.
 * `N` holds the number of a cheque, or an id of Finora's own in its exports.
 */
export function transactionOf(
  lines: readonly string[],
  { decimal, dateOrder }: QifLayout,
  currency: Currency
): Draft | Rejection {
  const value = (letter: string) => lines.find((line) => line.startsWith(letter))?.slice(1) ?? ''
  const written = value('D')
  const day = readDate(plainDay(written), dateOrder)

  const parts = partsOf(lines)
  const number = value('N').trim()
  const amountText = value('T') || value('U')
  const entry = {
    id: isUuid(number) ? number : '',
    isExported: true,
    day: day ?? written,
    payee: value('P'),
    description: value('M'),
    notes: parts.map(({ text }) => text).join('\n'),
    category: parts.length > 1 ? '' : leafOf(value('L') || (parts[0]?.category ?? '')),
    amount: readAmount(amountText, decimal, currency),
    amountText,
    currency,
  }
  if (day !== null) return draftOf(entry)
  const reason = written.trim() ? 'unreadable' : 'missing'
  return new Rejection('bookedOn', reason, { ...writtenEntry(entry), date: written.trim() })
}

/**
 * A day without QIF's oddities: an apostrophe stands before years from 2000 on,
 * and a space may stand for a zero (`1/ 5' 6`).
 */
export function plainDay(text: string): string {
  const parts = /^\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*'\s*(\d{1,4})\s*$/.exec(text)
  if (!parts) return text.trim().replace(/([-/.]) /g, '$1')
  const [, first, second, year] = parts
  return `${first}/${second}/${year.length > 2 ? year : 2000 + Number(year)}`
}

/** Each part begins with its category (S); its memo (E) and amount ($) follow. */
function partsOf(lines: readonly string[]): { category: string; text: string }[] {
  const parts: { category: string; words: string[] }[] = []
  for (const line of lines) {
    const value = line.slice(1).trim()
    if (line.startsWith('S')) parts.push({ category: value, words: [value] })
    else if (line.startsWith('E') || line.startsWith('$')) parts.at(-1)?.words.push(value)
  }
  return parts.map(({ category, words }) => ({ category, text: words.filter(Boolean).join(' ') }))
}

function leafOf(category: string): string {
  if (category.startsWith('[')) return ''
  return category.split('/')[0].split(':').at(-1) ?? ''
}
