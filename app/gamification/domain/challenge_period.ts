import type { Window } from '#gamification/domain/days'
import { intervalsBetween, lastDayOf } from '#wallet/domain/period'

/** The week (from Monday on, ISO 8601) or month that a day is in. */
export function periodOf(kind: 'week' | 'month', today: string): Window {
  const [from] = intervalsBetween(today, today, kind)
  return { from, to: lastDayOf(from, kind) }
}
