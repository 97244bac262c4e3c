import {
  DATE_ORDERS,
  looksLikeDate,
  readDate,
  type DateOrder,
} from '#transactions/domain/statements/dates'

const DAY_MS = 86_400_000
/** So many different days before their sequence says anything. */
const LEAST_DAYS = 3

export interface DateHints {
  /** Signs of a country that writes the day first, such as decimal commas. */
  dayFirst?: boolean
  /** The order of a bank that the file's headers give away. */
  known?: DateOrder
}

interface Reading {
  order: DateOrder
  /** `YYYY-MM-DD` of each sample that can be read so. */
  days: string[]
  /** Days between neighbours, summed up. */
  spread: number
  /** The part of the neighbours that stand against the order of the others, 0..0.5. */
  disorder: number
}

/**
 * The order that fits a column's sample. What one order reads and another
 * refuses decides; then the dot, which no month-first country uses, and the
 * hints; then the order in which the days are sorted and close together, while
 * the other scatters them. Days that have a part in common (the first of each
 * month, or the days of one month) are sorted either way and decide nothing.
 */
export function detectDateOrder(
  samples: readonly string[],
  { dayFirst = false, known }: DateHints = {}
): { order: DateOrder; confidence: number } {
  if (samples.length === 0) return { order: 'YMD', confidence: 1 }
  const filled = samples.filter((text) => text !== '')
  const [best, second] = readings(filled)
  const margin = best.days.length - second.days.length
  if (margin > 0) {
    const against = filled.filter((text) => looksLikeDate(text) && !readDate(text, best.order))
    return { order: best.order, confidence: margin / (margin + against.length) }
  }
  if (best.days.length === 0) return { order: best.order, confidence: 0 }
  if (best.days.every((day, index) => day === second.days[index])) {
    return { order: best.order, confidence: 1 }
  }
  if (filled.every((text) => /^\d\d?\.\s?\d\d?\./.test(text))) {
    return { order: 'DMY', confidence: 0.85 }
  }

  const sorted = isSorted(best, second) ? best.order : undefined
  const hinted =
    known ?? (dayFirst && filled.every((text) => /\d{4}/.test(text)) ? 'DMY' : undefined)
  if (sorted && hinted && sorted !== hinted) return { order: hinted, confidence: 0.5 }
  if (sorted ?? known) return { order: sorted ?? known!, confidence: 0.9 }
  return { order: 'DMY', confidence: hinted ? 0.85 : 0.5 }
}

/** The orders, the one that reads most first, then the one that keeps the days closest together. */
function readings(samples: readonly string[]): Reading[] {
  const [year, ...others] = DATE_ORDERS.map((order) => reading(samples, order))
  const sorted = [year, ...others].sort(byFit)
  return sorted.filter((each) => each !== year || !isUnlikely(year, samples, others))
}

/** Nobody writes two digits of a year in front of slashes or dots, unless only so the days make sense. */
function isUnlikely(year: Reading, samples: readonly string[], others: Reading[]): boolean {
  const isShort = samples.some((text) => /^\d{1,2}\s?[/.]/.test(text))
  return (
    isShort &&
    others.some(({ days, spread }) => days.length >= year.days.length && spread <= year.spread * 2)
  )
}

function byFit(a: Reading, b: Reading): number {
  return b.days.length - a.days.length || a.spread - b.spread
}

function reading(samples: readonly string[], order: DateOrder): Reading {
  const days = samples.map((text) => readDate(text, order)).filter((day) => day !== null)
  const steps = days
    .slice(1)
    .map((day, index) => (Date.parse(day) - Date.parse(days[index])) / DAY_MS)
  const ups = steps.filter((step) => step > 0).length
  const downs = steps.filter((step) => step < 0).length
  return {
    order,
    days,
    spread: steps.reduce((sum, step) => sum + Math.abs(step), 0),
    disorder: Math.min(ups, downs) / (ups + downs || 1),
  }
}

function isSorted(best: Reading, second: Reading): boolean {
  return (
    new Set(best.days).size >= LEAST_DAYS &&
    best.spread * 2 < second.spread &&
    best.disorder * 2 < second.disorder
  )
}
