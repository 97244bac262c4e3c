import { DateTime } from 'luxon'

/** The day it is at a moment where somebody lives. */
export function localDay(now: Date, timezone: string): string {
  return DateTime.fromJSDate(now, { zone: timezone }).toISODate()!
}

/** The moment at which the next day begins there. */
export function nextMidnight(now: Date, timezone: string): Date {
  return DateTime.fromJSDate(now, { zone: timezone }).plus({ days: 1 }).startOf('day').toJSDate()
}
