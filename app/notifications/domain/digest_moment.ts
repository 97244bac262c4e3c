import { DateTime } from 'luxon'

export type Cadence = 'daily' | 'weekly'

/** When somebody wants their digests: at that hour, every day or every Monday. */
export interface DigestTime {
  cadence: Cadence
  hour: number
  timeZone: string
}

/** What one digest is about. */
export interface DigestPeriod {
  /** The user's day on which it is due, `YYYY-MM-DD`. */
  day: string
  until: Date

  /** The whole days before it, whose money it tells of. */
  firstDay: string
  lastDay: string
}

/** The first moment after `now` at which a digest is due. */
export function nextDigestAfter(now: Date, { cadence, hour, timeZone }: DigestTime): Date {
  const today = DateTime.fromJSDate(now, { zone: timeZone })
  const days = Array.from({ length: 9 }, (_, offset) =>
    today.plus({ days: offset }).set({ hour, minute: 0, second: 0, millisecond: 0 })
  )
  return days
    .find((day) => day.toMillis() > now.getTime() && (cadence === 'daily' || day.weekday === 1))!
    .toJSDate()
}

/** What a digest tells of that was due at this moment. */
export function digestPeriod(
  due: Date,
  { cadence, timeZone }: Pick<DigestTime, 'cadence' | 'timeZone'>
): DigestPeriod {
  const until = DateTime.fromJSDate(due, { zone: timeZone })
  const first = until.minus({ days: cadence === 'daily' ? 1 : 7 })
  return {
    day: until.toISODate()!,
    until: due,
    firstDay: first.toISODate()!,
    lastDay: until.minus({ days: 1 }).toISODate()!,
  }
}
