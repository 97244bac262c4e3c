import { monthNamed } from '#transactions/domain/statements/month_names'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

export type DateOrder = 'YMD' | 'DMY' | 'MDY'

export const DATE_ORDERS: readonly DateOrder[] = ['YMD', 'DMY', 'MDY']
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

const TIME =
  /[T\s,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s?(?:[AP]M|Z|UTC|[+-]\d{2}:?\d{2})?$/i
const NUMERIC = /^(\d{1,4})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{1,4})\.?$/
const JAPANESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/
const COMPACT = /^\d{8}$/
const DAY_MONTH_NAME =
  /^(\d{1,2})[-/.\s]*(?:de\s+)?(\p{L}{3,14})[-/.,\s]*(?:del?\s+)?(\d{4}|\d{2})\.?$/iu
const MONTH_NAME_DAY = /^(\p{L}{3,14})\.?\s*(\d{1,2}),?\s+(\d{4})$/iu

/**
 * The day of a bank's date as `YYYY-MM-DD`, or null when it is none (30
 * February is none). A year in front needs no order; a time behind the day is
 * dropped, as is a last dot; two-digit years are 1970 to 2069; names of months are
 * read.
 */
export function readDate(text: string, order: DateOrder): string | null {
  if (isIsoShaped(text)) {
    return calendarDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))
  }
  if (text.length > 40) return null

  const day = text.replace(TIME, '').replace(JAPANESE, '$1/$2/$3')
  const numeric = NUMERIC.exec(day)
  if (numeric) return fromParts(numeric[1], numeric[2], numeric[3], order)
  if (COMPACT.test(day)) {
    const cuts = order === 'YMD' ? [4, 6] : [2, 4]
    return fromParts(day.slice(0, cuts[0]), day.slice(cuts[0], cuts[1]), day.slice(cuts[1]), order)
  }
  return fromMonthName(day)
}

/**
 * The order of day, month and year in a format such as `DD.MM.YYYY`,
 * `MM/DD/YY`, `YMD` or `YYYY-MM-DD HH:mm`, of which the time says nothing. Throws
 * `StatementRefused`.
 */
export function dateOrder(format: string): DateOrder {
  const letters = format
    .replace(/h.*$/is, '')
    .toUpperCase()
    .replace(/[^YMD]/g, '')
  const order = DATE_ORDERS.find((known) => letters.replace(/(.)\1+/g, '$1') === known)
  if (!order) {
    throw new StatementRefused(
      'dateFormat',
      `${JSON.stringify(format.slice(0, 40))} is not a date format such as "DD.MM.YYYY"`
    )
  }
  return order
}

/** Whether the text is shaped like a date at all, in any order. */
export function looksLikeDate(text: string): boolean {
  return DATE_ORDERS.some((order) => readDate(text, order) !== null)
}

function isIsoShaped(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

function fromParts(first: string, second: string, third: string, order: DateOrder): string | null {
  if (first.length === 4) return calendarDay(Number(first), Number(second), Number(third))
  if (order === 'YMD') return calendarDay(yearOf(first), Number(second), Number(third))
  if (order === 'DMY') return calendarDay(yearOf(third), Number(second), Number(first))
  return calendarDay(yearOf(third), Number(first), Number(second))
}

function fromMonthName(text: string): string | null {
  const dayFirst = DAY_MONTH_NAME.exec(text)
  if (dayFirst)
    return calendarDay(yearOf(dayFirst[3]), monthNamed(dayFirst[2]), Number(dayFirst[1]))

  const monthFirst = MONTH_NAME_DAY.exec(text)
  if (!monthFirst) return null
  return calendarDay(yearOf(monthFirst[3]), monthNamed(monthFirst[1]), Number(monthFirst[2]))
}

function yearOf(text: string): number {
  const year = Number(text)
  if (text.length === 4) return year
  if (text.length !== 2) return 0
  return year < 70 ? 2000 + year : 1900 + year
}

function calendarDay(year: number, month: number, day: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > DAYS[month - 1] + (leap ? 1 : 0)) return null
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}
