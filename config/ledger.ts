import env from '#start/env'

const seconds = 1_000
const minutes = 60 * seconds

/*
|--------------------------------------------------------------------------
| Following and exporting a ledger
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
 * An export holds a connection and a snapshot for as long as its client takes to
 * read it (milliseconds).
 */
export const exportPatience = {
  /** A client that reads nothing for this long has gone. */
  stalled: 30 * seconds,

  /** Whoever reads slower than that has to filter. */
  whole: 30 * minutes,
}
