import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant } from '#core/database/tenant'
import { localDay } from '#gamification/domain/local_day'
import { streakOf, type Streak } from '#gamification/domain/streak'
import type { Owner } from '#gamification/queries/assessment'
import { activityFacts } from '#gamification/queries/facts/activity_facts'
import { Standing } from '#gamification/queries/standing'

/** Days in a row on which a user did something about their books, as of now. */
export class CurrentStreak {
  /** Remembered until the ledger changes, the user is evaluated anew or the day is over. */
  async handle(ledger: LedgerOwner, now = new Date()): Promise<Streak> {
    const { evaluatedAt, ...owner } = await new Standing().judged(ledger.id)
    const today = localDay(now, owner.timezone)
    const parameters = { evaluatedAt, today, timezone: owner.timezone }
    return ledgerCache.remember(ledger, 'gamification:streak', parameters, 3_600, () =>
      this.#compute(ledger.id, owner, today)
    )
  }

  async #compute(userId: string, owner: Owner, today: string): Promise<Streak> {
    const { activeDays } = await tenant.read(userId, (reader) =>
      activityFacts.read(reader, { ...owner, today })
    )
    const days = [...activeDays.days.keys()].sort()
    return streakOf(days, latest(today, days.at(-1)))
  }
}

/** Whoever has moved west may have been active tomorrow. */
function latest(today: string, lastActive = today) {
  return lastActive > today ? lastActive : today
}
