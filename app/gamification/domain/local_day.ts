import { DateTime } from 'luxon'

/** The day it is at a moment where somebody lives. */
export function localDay(now: Date, timezone: string): string {
  return DateTime.fromJSDate(now, { zone: timezone }).toISODate()!
}

/** The day somebody is at: a day that had begun where they lived before does not begin twice. */
export function dayReached(
  now: Date,
  { timezone, reached }: { timezone: string; reached: string | null }
): string {
  const day = localDay(now, timezone)
  return reached !== null && reached > day ? reached : day
}

/** The moment at which the next day begins there. */
export function nextMidnight(now: Date, timezone: string): Date {
  return DateTime.fromJSDate(now, { zone: timezone }).plus({ days: 1 }).startOf('day').toJSDate()
}
