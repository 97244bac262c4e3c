import env from '#start/env'

const seconds = 1_000
const minutes = 60 * seconds

/*
|--------------------------------------------------------------------------
| Following, exporting and undoing
|--------------------------------------------------------------------------
*/

/**
 * For how many days a client that follows the ledger may stay away. What it then
 * hasn't heard of is forgotten, and it has to start over.
 */
export const tombstoneDays = env.get('SYNC_TOMBSTONE_DAYS') ?? 90

if (!Number.isInteger(tombstoneDays) || tombstoneDays < 1) {
  throw new Error('SYNC_TOMBSTONE_DAYS must be a whole number of days from 1 on')
}

/**
 * For how many days what a run of a rule changed is kept, and the run can be taken
 * back: a little more than a year, so that last year's can be.
 */
export const ruleRunLogDays = env.get('RULE_RUN_LOG_DAYS') ?? 400

if (!Number.isInteger(ruleRunLogDays) || ruleRunLogDays < 1) {
  throw new Error('RULE_RUN_LOG_DAYS must be a whole number of days from 1 on')
}

/**
 * An export holds a connection and a snapshot for as long as its client takes to
 * read it (milliseconds).
 */
export const exportPatience = {
  /** A client that reads nothing for this long has gone. */
  stalled: 30 * seconds,

  /** Whoever reads slower than that has to filter. */
  whole: 30 * minutes,
}
