import env from '#start/env'

const seconds = 1_000
const minutes = 60 * seconds

/*
|--------------------------------------------------------------------------
| Notifications
|--------------------------------------------------------------------------
*/

function days(setting: 'NOTIFICATIONS_READ_DAYS' | 'NOTIFICATIONS_UNREAD_DAYS', fallback: number) {
  const value = env.get(setting) ?? fallback
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${setting} must be a whole number of days from 1 on`)
  }
  return value
}

/** For how many days a notification is kept. */
export const retention = {
  readDays: days('NOTIFICATIONS_READ_DAYS', 180),
  unreadDays: days('NOTIFICATIONS_UNREAD_DAYS', 400),

  /** What was deleted keeps its event from being told again for as long as jobs are repeated. */
  deletedDays: 30,
}

/** A user's alerts are looked at this long after the first of what happened, at all of it. */
export const evaluationDelaySeconds = 2

const streams = env.get('LIVE_STREAMS_PER_USER') ?? 10

if (!Number.isInteger(streams) || streams < 1) {
  throw new Error('LIVE_STREAMS_PER_USER must be a whole number from 1 on')
}

/** Live events: one stream for each client that is looking on. */
export const live = {
  /** Two Finoras may share a Redis. */
  channel: `{${env.get('DB_DATABASE')}}:live`,

  /** Streams of one user, of each API process. */
  streams,

  /**
   * How often a stream says that it is alive, asks whether its client may still listen, and
   * looks for what Redis may have lost (milliseconds).
   */
  heartbeat: 15 * seconds,

  /** A stream ends after this; its client comes again, on whichever process (milliseconds). */
  lifetime: 60 * minutes,

  /** What may wait for a client that reads slowly before it is cut off (bytes). */
  buffer: 256 * 1_024,
}
