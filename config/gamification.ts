import env from '#start/env'
import type { PointsRule } from '#gamification/domain/judgement'

/*
|--------------------------------------------------------------------------
| Points, badges and challenges
|--------------------------------------------------------------------------
|
| Badges and challenges stand in the database. Whatever changes here is noticed
| by the hourly sweep, which brings everybody's points to what they are now worth.
|
*/

/**
 * What happens day by day and gives points, up to a cap per day of the user's.
 * A rule's name is part of the ledger; its version moves on when it changes.
 */
export const pointsRules: Record<string, PointsRule> = {
  'transaction-recorded': { fact: 'transactionsRecorded', points: 2, dailyCap: 20, version: 1 },
  'import-reviewed': { fact: 'importsReviewed', points: 5, dailyCap: 20, version: 1 },
  'reconciliation-completed': {
    fact: 'reconciliationsCompleted',
    points: 20,
    dailyCap: 40,
    version: 1,
  },
  'proposal-decided': { fact: 'proposalsDecided', points: 1, dailyCap: 10, version: 1 },
  'rule-created': { fact: 'rulesCreated', points: 3, dailyCap: 9, version: 1 },
}

/** Moves on when a fact means something else: everybody is judged anew. */
export const factsVersion = 2

/**
 * A transaction counts when it was recorded at most so many days after its day; one
 * of the future never does, except tomorrow's: somewhere it is that day.
 */
export const backdatedDays = env.get('POINTS_BACKDATED_DAYS') ?? 7

if (!Number.isInteger(backdatedDays) || backdatedDays < 0 || backdatedDays > 366) {
  throw new Error('POINTS_BACKDATED_DAYS must be a whole number of days from 0 to 366')
}

/**
 * Of what is done on one day, so much counts, for points and badges alike: a habit
 * takes days, and a thousand entries are quickly sent by a program.
 */
export const mostPerDay = {
  transactionsRecorded: 50,
  importsReviewed: 5,
  importsUnreviewed: 5,
  reconciliationsCompleted: 5,
  proposalsDecided: 50,
  rulesCreated: 10,
}

/** What happens within so many seconds is evaluated together. */
export const evaluationDelaySeconds = 2

/** The leaderboard compares on how many of so many days somebody was active. */
export const consistencyDays = 28

/** How many places of the leaderboard are shown. */
export const leaderboardPlaces = 50
