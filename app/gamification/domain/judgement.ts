import { progressOf, type Condition } from '#gamification/domain/condition'
import type { Window } from '#gamification/domain/days'
import type { Figures } from '#gamification/domain/facts'
import type { Credit, Unit } from '#gamification/domain/units'

/** A badge as it is in force. */
export interface BadgeTerms {
  id: string
  code: string
  version: number
  points: number
  condition: Condition
}

/** A challenge as it is in force. */
export interface ChallengeTerms extends BadgeTerms {
  settles: 'at-once' | 'at-end'
}

/** Points for something that happens, day by day. */
export interface PointsRule {
  /** One that counts by the day. */
  fact: string
  points: number
  dailyCap: number
  version: number
}

/** A challenge and a period for which somebody has taken it up. */
export interface Participation extends Window {
  challengeId: string
}

/** What is kept of a challenge somebody has taken up. */
export interface HeldChallenge extends Participation {
  /** As Postgres writes it: `0.4286`. */
  progress: string
  version: number
  completedAt: Date | null
}

interface Input {
  figures: Figures
  today: string
  rules: Record<string, PointsRule>
  badges: BadgeTerms[]
  challenges: ChallengeTerms[]
  participations: Participation[]
}

export interface BadgeVerdict {
  badge: BadgeTerms
  progress: number
}

export interface ChallengeVerdict {
  participation: Participation
  challenge: ChallengeTerms
  progress: number
  isCompleted: boolean
}

/** All that somebody has earned, and nothing of what they had before. */
export interface Judgement {
  badges: BadgeVerdict[]
  challenges: ChallengeVerdict[]
  credits: Credit[]
  isJudged: (unit: Unit) => boolean
}

/** A pure function of the facts and the day: whoever asks again gets the same. */
export function judge(input: Input): Judgement {
  const badges = input.badges.map((badge) => ({
    badge,
    progress: progressOf(badge.condition, input),
  }))
  const challenges = input.participations.flatMap((each) => verdictOn(each, input))
  const inForce = new Set([
    ...Object.keys(input.rules).map((code) => `rule:${code}`),
    ...input.badges.map(({ code }) => `badge:${code}`),
    ...input.challenges.map(({ code }) => `challenge:${code}`),
  ])
  return {
    badges,
    challenges,
    credits: [
      ...creditsByRule(input),
      ...badges.flatMap(({ badge, progress }) =>
        progress === 1 ? creditOf('badge', badge, null) : []
      ),
      ...challenges.flatMap(({ challenge, participation, isCompleted }) =>
        isCompleted ? creditOf('challenge', challenge, participation.from) : []
      ),
    ],
    isJudged: ({ source, code }) => inForce.has(`${source}:${code}`),
  }
}

/** What it needs may be taken away again until the period is over: some settle only then. */
function verdictOn(
  participation: Participation,
  { challenges, figures, today }: Input
): ChallengeVerdict[] {
  const challenge = challenges.find(({ id }) => id === participation.challengeId)
  if (!challenge) return []
  const { from, to } = participation
  const progress = progressOf(challenge.condition, { figures, today, period: { from, to } })
  const isSettled = challenge.settles === 'at-once' || today > to
  return [{ participation, challenge, progress, isCompleted: progress === 1 && isSettled }]
}

function creditsByRule({ rules, figures }: Input): Credit[] {
  return Object.entries(rules).flatMap(([code, { fact, points, dailyCap, version }]) =>
    [...figures.daysOf(fact)].flatMap(([period, times]): Credit[] => {
      const earned = Math.min(times * points, dailyCap)
      return earned > 0 ? [{ source: 'rule', code, period, points: earned, version }] : []
    })
  )
}

function creditOf(
  source: 'badge' | 'challenge',
  { code, points, version }: BadgeTerms,
  period: string | null
): Credit[] {
  return points > 0 ? [{ source, code, period, points, version }] : []
}

/** What is kept of a verdict's participation, among all that is. */
export function heldFor({ participation }: ChallengeVerdict, held: HeldChallenge[]): HeldChallenge {
  const { challengeId, from } = participation
  return held.find((each) => each.challengeId === challengeId && each.from === from)!
}

/** Whether the verdict says something else than what is kept. */
export function differs(verdict: ChallengeVerdict, held: HeldChallenge[]): boolean {
  const kept = heldFor(verdict, held)
  return (
    Number(kept.progress) !== verdict.progress ||
    kept.version !== verdict.challenge.version ||
    (kept.completedAt !== null) !== verdict.isCompleted
  )
}
