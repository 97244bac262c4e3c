import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant } from '#core/database/tenant'
import { progressOf } from '#gamification/domain/condition'
import { periodOf } from '#gamification/domain/challenge_period'
import { localDay } from '#gamification/domain/local_day'
import type { Owner } from '#gamification/queries/assessment'
import { Definitions, judgedBy, type Challenge } from '#gamification/queries/definitions'
import { readFigures } from '#gamification/queries/facts/registry'
import { Standing } from '#gamification/queries/standing'

export interface ShownChallenge extends Omit<Challenge, 'condition'> {
  from: string
  to: string
  isParticipating: boolean
  /** 0 to 1, whether one takes part or not. */
  progress: number
  completedAt: Date | null
  /** In how many periods it was completed. */
  completions: number
}

/** Every challenge there is, in the week or month it is now. */
export class ChallengeList {
  /** Who takes part is read each time; how far they are is remembered as the badges are. */
  async handle(ledger: LedgerOwner, now = new Date()): Promise<ShownChallenge[]> {
    const standing = new Standing()
    const { evaluatedAt, ...owner } = await standing.judged(ledger.id)
    const [challenges, held] = await tenant.read(ledger.id, (reader) =>
      Promise.all([new Definitions().challenges(reader), standing.challenges(reader)])
    )
    const today = localDay(now, owner.timezone)
    const rules = judgedBy([], challenges)
    const parameters = { evaluatedAt, today, rules, timezone: owner.timezone }
    const progress = await ledgerCache.remember(
      ledger,
      'gamification:challenges',
      parameters,
      3_600,
      () => this.#progress(ledger.id, owner, today, challenges)
    )
    return challenges.map((challenge) => {
      const period = periodOf(challenge.period, today)
      const taken = held.filter(({ challengeId }) => challengeId === challenge.id)
      const current = taken.find(({ from }) => from === period.from)
      return {
        ...challenge,
        ...period,
        period: challenge.period,
        isParticipating: current !== undefined,
        progress: progress[challenge.id],
        completedAt: current?.completedAt ?? null,
        completions: taken.filter(({ completedAt }) => completedAt !== null).length,
      }
    })
  }

  /** By the id of the challenge. */
  async #progress(userId: string, owner: Owner, today: string, challenges: Challenge[]) {
    const figures = await tenant.read(userId, (reader) => readFigures(reader, { ...owner, today }))
    return Object.fromEntries(
      challenges.map(({ id, condition, period }) => [
        id,
        progressOf(condition, { figures, today, period: periodOf(period, today) }),
      ])
    )
  }
}
