import type { Reader } from '#core/database/tenant'
import { progressOf } from '#gamification/domain/condition'
import { periodOf } from '#gamification/domain/challenge_period'
import { AssessmentQuery, type Owner } from '#gamification/queries/assessment'
import type { Challenge } from '#gamification/queries/definitions'

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
  async handle(reader: Reader, owner: Owner, now = new Date()): Promise<ShownChallenge[]> {
    const { challenges, heldChallenges, figures, today } = await new AssessmentQuery().handle(
      reader,
      owner,
      now
    )
    return challenges.map((challenge) => {
      const period = periodOf(challenge.period, today)
      const taken = heldChallenges.filter(({ challengeId }) => challengeId === challenge.id)
      const current = taken.find(({ from }) => from === period.from)
      return {
        ...challenge,
        ...period,
        period: challenge.period,
        isParticipating: current !== undefined,
        progress: progressOf(challenge.condition, { figures, today, period }),
        completedAt: current?.completedAt ?? null,
        completions: taken.filter(({ completedAt }) => completedAt !== null).length,
      }
    })
  }
}
