import { StatementRefused } from '#transactions/domain/statements/statement_refused'

export type DateOrder = 'YMD' | 'DMY' | 'MDY'

const ORDERS: readonly DateOrder[] = ['YMD', 'DMY', 'MDY']
/** The beginnings of months' names, without accents, as banks abbreviate them in Western Europe. */
const MONTHS = [
  'jan gen ene',
  'feb fev',
  'mar maa mrt mae mrz',
  'apr avr abr',
  'may mai mei mag maj',
  'jun juin giu',
  'jul juil lug',
  'aug aou ago',
  'sep set',
  'oct okt ott out',
  'nov',
  'dec dez dic des',
].map((names) => names.split(' '))
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

const TIME = /[T\s,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s?(?:[AP]M|Z|[+-]\d{2}:?\d{2})?$/i
const NUMERIC = /^(\d{1,4})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{1,4})$/
const JAPANESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/
const COMPACT = /^\d{8}$/
const DAY_MONTH_NAME = /^(\d{1,2})[-/.\s]*(\p{L}{3,10})[-/.,\s]*(\d{4}|\d{2})$/iu
const MONTH_NAME_DAY = /^(\p{L}{3,10})\.?\s*(\d{1,2}),?\s+(\d{4})$/iu

/**
 * The day of a bank's date as `YYYY-MM-DD`, or null when it is none (30
 * February is none). A year in front needs no order; a time behind the day is
 * dropped; two-digit years are 1970 to 2069; names of months are read.
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
 * `MM/DD/YY` or `YMD`. Throws `StatementRefused`.
 */
export function dateOrder(format: string): DateOrder {
  const letters = format.toUpperCase().replace(/[^YMD]/g, '')
  const order = ORDERS.find((known) => letters.replace(/(.)\1+/g, '$1') === known)
  if (!order) {
    throw new StatementRefused(
      'dateFormat',
      `${JSON.stringify(format.slice(0, 40))} is not a date format such as "DD.MM.YYYY"`
    )
  }
  return order
}

/**
 * The order that fits a column's sample. What one order reads and another
 * refuses decides; else the order in which neighbours lie closest together
 * (statements are sorted); else the dot, which no month-first country uses.
 * `dayFirstHint` tells of other signs of such a country (decimal commas).
 */
export function detectDateOrder(
  samples: readonly string[],
  dayFirstHint: boolean
): { order: DateOrder; confidence: number } {
  if (samples.length === 0) return { order: 'YMD', confidence: 1 }
  const filled = samples.filter((text) => text !== '')
  const [best, second] = ORDERS.map((order) => rated(filled, order)).sort(
    (a, b) => b.days.length - a.days.length || a.spread - b.spread
  )
  const margin = best.days.length - second.days.length
  if (margin > 0) {
    const against = filled.filter((text) => looksLikeDate(text) && !readDate(text, best.order))
    return { order: best.order, confidence: margin / (margin + against.length) }
  }
  if (best.days.length === 0) return { order: best.order, confidence: 0 }
  if (best.days.every((day, index) => day === second.days[index])) {
    return { order: best.order, confidence: 1 }
  }
  if (new Set(best.days).size > 2 && best.spread * 2 < second.spread) {
    return { order: best.order, confidence: 0.9 }
  }
  const dotted = filled.every((text) => /^\d\d?\.\s?\d\d?\./.test(text))
  const hinted = dayFirstHint && filled.every((text) => /\d{4}/.test(text))
  return { order: 'DMY', confidence: dotted || hinted ? 0.85 : 0.5 }
}

/** Whether the text is shaped like a date at all, in any order. */
export function looksLikeDate(text: string): boolean {
  return ORDERS.some((order) => readDate(text, order) !== null)
}

function rated(samples: readonly string[], order: DateOrder) {
  const days = samples.map((text) => readDate(text, order)).filter((day) => day !== null)
  const spread = days.reduce(
    (sum, day, index) =>
      sum + (index ? Math.abs(Date.parse(day) - Date.parse(days[index - 1])) : 0),
    0
  )
  return { order, days, spread }
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

function monthNamed(name: string): number {
  const plain = name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  return MONTHS.findIndex((names) => names.some((start) => plain.startsWith(start))) + 1
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
