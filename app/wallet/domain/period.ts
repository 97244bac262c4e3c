export type Interval = 'day' | 'week' | 'month'

/** Days as `YYYY-MM-DD`; `until` is the first day after. */
export interface DayRange {
  from: string
  until: string
}

const FIRST_DAY = '0001-01-01'
const LAST_DAY = '9999-12-31'
const MS_PER_DAY = 86_400_000

/**
 * A closed range of days, open at the ends that aren't given. It splits into
 * whole months and the days left over at its edges, so that a sum over years
 * reads a total per month and at most two months of days.
 */
export class Period {
  readonly from: string
  readonly to: string

  constructor(from?: string | null, to?: string | null) {
    this.from = from ?? FIRST_DAY
    this.to = to ?? LAST_DAY
  }

  /** First days of the whole months inside, as a half-open range; null when there is none. */
  get wholeMonths(): DayRange | null {
    const from = isFirst(this.from) ? this.from : addMonths(firstOfMonth(this.from), 1)
    const until = this.to === LAST_DAY ? LAST_DAY : firstOfMonth(this.#dayAfter)
    return from < until ? { from, until } : null
  }

  /** The days that no whole month covers: at most two ranges. */
  get edges(): DayRange[] {
    const months = this.wholeMonths
    if (!months) return [{ from: this.from, until: this.#dayAfter }]
    return [
      { from: this.from, until: months.from },
      { from: months.until, until: this.#dayAfter },
    ].filter(({ from, until }) => from < until)
  }

  /** Everything before it; null when it is open at its beginning. */
  get before(): Period | null {
    return this.from === FIRST_DAY ? null : new Period(null, addDays(this.from, -1))
  }

  /** The period of the same length right before; null when this one is open. */
  get previous(): Period | null {
    if (this.from === FIRST_DAY || this.to === LAST_DAY) return null
    const [from, until] = [this.from, this.#dayAfter]
    const start =
      isFirst(from) && isFirst(until)
        ? addMonths(from, monthNumber(from) - monthNumber(until))
        : addDays(from, daysBetween(until, from))
    return new Period(start, addDays(from, -1))
  }

  get #dayAfter() {
    return this.to === LAST_DAY ? LAST_DAY : addDays(this.to, 1)
  }
}

/** The first days of every interval that touches the two days, in order. */
export function intervalsBetween(from: string, to: string, interval: Interval): string[] {
  const starts: string[] = []
  for (let start = startOf(from, interval); start <= to; start = next(start, interval)) {
    starts.push(start)
  }
  return starts
}

/** How many intervals touch the two days, without listing them. */
export function countIntervals(from: string, to: string, interval: Interval): number {
  if (to < from) return 0
  const start = startOf(from, interval)
  if (interval === 'month') return monthNumber(to) - monthNumber(start) + 1
  return Math.floor(daysBetween(start, to) / (interval === 'week' ? 7 : 1)) + 1
}

/** The last day of the interval that starts at `start`. */
export function lastDayOf(start: string, interval: Interval): string {
  return addDays(next(start, interval), -1)
}

/** `2026-01` for a month, the first day for a day or a week (weeks start on Monday, ISO 8601). */
export function labelOf(start: string, interval: Interval): string {
  return interval === 'month' ? start.slice(0, 7) : start
}

function startOf(day: string, interval: Interval) {
  if (interval === 'month') return firstOfMonth(day)
  if (interval === 'day') return day
  return addDays(day, -((new Date(instantOf(day)).getUTCDay() + 6) % 7))
}

function next(start: string, interval: Interval) {
  if (interval === 'month') return addMonths(start, 1)
  return addDays(start, interval === 'week' ? 7 : 1)
}

function isFirst(day: string) {
  return day.endsWith('-01')
}

function firstOfMonth(day: string) {
  return `${day.slice(0, 8)}01`
}

function monthNumber(day: string) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

/** @param first the first day of a month */
function addMonths(first: string, count: number) {
  const month = monthNumber(first) + count
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

function addDays(day: string, count: number) {
  return new Date(instantOf(day) + count * MS_PER_DAY).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string) {
  return (instantOf(to) - instantOf(from)) / MS_PER_DAY
}

function instantOf(day: string) {
  return Date.parse(`${day}T00:00:00Z`)
}
