import type { Reader } from '#core/database/tenant'
import { localDay } from '#gamification/domain/local_day'
import { streakOf, type Streak } from '#gamification/domain/streak'
import type { Owner } from '#gamification/queries/assessment'
import { activityFacts } from '#gamification/queries/facts/activity_facts'

/** Days in a row on which a user did something about their books, as of now. */
export class CurrentStreak {
  async handle(reader: Reader, { timezone, currency }: Owner, now = new Date()): Promise<Streak> {
    const today = localDay(now, timezone)
    const { activeDays } = await activityFacts.read(reader, { timezone, currency, today })
    const days = [...activeDays.days.keys()].sort()
    return streakOf(days, latest(today, days.at(-1)))
  }
}

/** Whoever has moved west may have been active tomorrow. */
function latest(today: string, lastActive = today) {
  return lastActive > today ? lastActive : today
}
