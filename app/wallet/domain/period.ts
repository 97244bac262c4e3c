import { DateTime } from 'luxon'

export type Interval = 'day' | 'week' | 'month'

/** Days as `YYYY-MM-DD`; `until` is the first day after. */
export interface DayRange {
  from: string
  until: string
}

const FIRST_DAY = '0001-01-01'
const LAST_DAY = '9999-12-31'

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
    const first = utc(this.from)
    const from = first.day === 1 ? first : first.startOf('month').plus({ months: 1 })
    const until =
      this.to === LAST_DAY ? utc(LAST_DAY) : utc(this.to).plus({ days: 1 }).startOf('month')
    return from < until ? { from: day(from), until: day(until) } : null
  }

  /** The days that no whole month covers: at most two ranges. */
  get edges(): [DayRange, DayRange] {
    const nothing = { from: FIRST_DAY, until: FIRST_DAY }
    if (!this.wholeMonths) return [{ from: this.from, until: this.#dayAfter }, nothing]
    return [
      { from: this.from, until: this.wholeMonths.from },
      this.to === LAST_DAY ? nothing : { from: this.wholeMonths.until, until: this.#dayAfter },
    ]
  }

  /** The period of the same length right before; null when this one is open. */
  get previous(): Period | null {
    if (this.from === FIRST_DAY || this.to === LAST_DAY) return null
    const [from, to] = [utc(this.from), utc(this.to).plus({ days: 1 })]
    const isMonths = from.day === 1 && to.day === 1
    const length = isMonths
      ? { months: to.diff(from, 'months').months }
      : { days: to.diff(from, 'days').days }
    return new Period(day(from.minus(length)), day(from.minus({ days: 1 })))
  }

  get #dayAfter() {
    return this.to === LAST_DAY ? LAST_DAY : day(utc(this.to).plus({ days: 1 }))
  }
}

/** The first days of every interval that touches the two days, in order. */
export function intervalsBetween(from: string, to: string, interval: Interval): string[] {
  const starts: string[] = []
  const last = utc(to)
  for (
    let start = utc(from).startOf(interval);
    start <= last;
    start = start.plus({ [interval]: 1 })
  ) {
    starts.push(day(start))
  }
  return starts
}

/** How many intervals touch the two days, without listing them. */
export function countIntervals(from: string, to: string, interval: Interval): number {
  return Math.ceil(utc(to).diff(utc(from).startOf(interval), interval).as(interval)) + 1
}

/** The last day of the interval that starts at `start`. */
export function lastDayOf(start: string, interval: Interval): string {
  return day(utc(start).endOf(interval))
}

/** `2026-01` for a month, the first day for a day or a week (weeks start on Monday, ISO 8601). */
export function labelOf(start: string, interval: Interval): string {
  return interval === 'month' ? start.slice(0, 7) : start
}

function utc(text: string) {
  return DateTime.fromISO(text, { zone: 'utc' })
}

function day(date: DateTime) {
  return date.toISODate()!
}
