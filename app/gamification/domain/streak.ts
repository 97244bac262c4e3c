import { addDays, daysBetween, nextMonth } from '#gamification/domain/days'

/** Days of a streak that earn a freeze, and how many are held at most. */
const DAYS_PER_FREEZE = 7
const MOST_FREEZES = 2

export interface Streak {
  /** Days with activity in the streak that still runs; 0 when none does. */
  current: number
  longest: number
  /** Days that may still be missed without ending it. */
  freezes: number
  lastDay: string | null
}

/**
 * Days in a row. Each seven days of a streak earn a freeze, two are held at most; a
 * day that is missed uses one up, and ends the streak when there is none. Today
 * isn't missed before it is over.
 *
 * @param days those with activity
 */
export function streakOf(days: Iterable<string>, today: string): Streak {
  const sorted = [...new Set(days)].filter((day) => day <= today).sort()
  let [length, longest, freezes] = [0, 0, 0]
  let last: string | null = null

  for (const day of sorted) {
    const missed = last === null ? 0 : daysBetween(last, day) - 1
    if (missed > freezes) [length, freezes] = [0, 0]
    else freezes -= missed
    length++
    if (length % DAYS_PER_FREEZE === 0) freezes = Math.min(freezes + 1, MOST_FREEZES)
    longest = Math.max(longest, length)
    last = day
  }

  const missed = last === null ? 0 : Math.max(daysBetween(last, addDays(today, -1)), 0)
  const runs = last !== null && missed <= freezes
  return {
    current: runs ? length : 0,
    longest,
    freezes: runs ? freezes - missed : 0,
    lastDay: last,
  }
}

/** The most of these months that follow each other. */
export function longestRunOfMonths(months: string[]): number {
  let [length, longest] = [0, 0]
  let expected = ''
  for (const month of [...new Set(months)].sort()) {
    length = month === expected ? length + 1 : 1
    longest = Math.max(longest, length)
    expected = nextMonth(month)
  }
  return longest
}
