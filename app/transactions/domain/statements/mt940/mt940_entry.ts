import type { Currency } from '#core/money/currency'
import { readExactAmount } from '#transactions/domain/statements/amounts'
import { readDate } from '#transactions/domain/statements/dates'
import { draftOf, writtenEntry } from '#transactions/domain/statements/draft'
import { detailsOf } from '#transactions/domain/statements/mt940/mt940_details'
import type { Draft } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'

const AMOUNT = '\\d{1,18}(?:[.,]\\d{0,9})?|[.,]\\d{1,9}'

/**
 * `:61:`: value day, day of entry (may be missing), direction (`R` reverses it,
 * `E` expects it), the third letter of the currency (may be missing), amount, kind, references.
 */
const ENTRY = new RegExp(
  `^(\\d{6})(\\d{4})?(R?[CD]|E[CD])([A-Z])?(${AMOUNT})(?![\\d.,])([SNF][A-Z\\d]{3})?(.*)$`,
  's'
)
const BALANCE = new RegExp(`^([CD])(\\d{6})([A-Z]{3})(${AMOUNT})$`)
const HALF_A_YEAR = 183 * 24 * 60 * 60 * 1000

/**
 * Reads one `:61:` with the `:86:` behind it. An entry has no id: banks' `//`
 * references come again for other entries.
 */
export function entryOf(
  lines: readonly string[],
  details: readonly string[],
  currency: Currency
): Draft | Rejection {
  const parts = ENTRY.exec(lines[0] ?? '')
  if (!parts) return new Rejection(null, 'unreadable')
  const [, valued, entered, direction, , amount, , references] = parts
  if (direction.startsWith('E')) return new Rejection('status', 'notBooked')
  const minor = readExactAmount(amount, currency)
  const isOut = direction === 'D' || direction === 'RC'
  const { payee, description } = detailsOf(details)
  const [reference] = references.split('//')
  const day = bookingDay(valued, entered)
  const entry = {
    day: day ?? `${valued}${entered ?? ''}`,
    payee,
    description: description || lines.slice(1).join(' ') || reference,
    amount: typeof minor === 'number' && isOut ? 0 - minor : minor,
    amountText: `${isOut ? '-' : ''}${amount}`,
    currency,
  }
  return day === null
    ? new Rejection('bookedOn', 'unreadable', writtenEntry(entry))
    : draftOf(entry)
}

/** `C260131EUR1234,56` of `:60F:` or `:62F:`; null when it is none. */
export function balanceOf(text: string) {
  const parts = BALANCE.exec(text.trim())
  if (!parts) return null
  const [, direction, day, currency, amount] = parts
  return { isNegative: direction === 'D', day: dayOf(day), currency, amount }
}

/**
 * The day of entry has no year: it takes the one that brings it closest to the
 * value day, across the turn of a year too. Null when either is no day.
 */
function bookingDay(valued: string, entered: string | undefined): string | null {
  const valueDay = dayOf(valued)
  if (valueDay === null || entered === undefined) return valueDay
  const year = Number(valueDay.slice(0, 4))
  const days = [year - 1, year, year + 1].map((each) => readDate(`${each}${entered}`, 'YMD'))
  const isClose = (day: string) => Math.abs(Date.parse(day) - Date.parse(valueDay)) < HALF_A_YEAR
  return days.find((day) => day !== null && isClose(day)) ?? null
}

/** `YYMMDD`, from 1970 to 2069. */
function dayOf(text: string): string | null {
  return readDate(`${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`, 'YMD')
}
