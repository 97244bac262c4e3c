import { DateTime } from 'luxon'

/** Hours in which no mail is sent, from `start` to `end`, `HH:MM`; over midnight if `end` is earlier. */
export interface QuietHours {
  start: string
  end: string
  timeZone: string
}

/**
 * When the quiet hours that `now` lies in are over; null outside of them. They go by the
 * clock on the wall, so in the nights when it is changed they last an hour more or less.
 */
export function quietUntil(now: Date, { start, end, timeZone }: QuietHours): Date | null {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const clock = local.toFormat('HH:mm')
  const isQuiet = start < end ? clock >= start && clock < end : clock >= start || clock < end
  if (!isQuiet) return null

  const [hour, minute] = end.split(':').map(Number)
  const endDay = clock < end ? local : local.plus({ days: 1 })
  return endDay.set({ hour, minute, second: 0, millisecond: 0 }).toJSDate()
}
