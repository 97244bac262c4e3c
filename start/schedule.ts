/*
|--------------------------------------------------------------------------
| What runs by the clock
|--------------------------------------------------------------------------
|
| Workers keep Redis in step with this table: each schedule fires once, however
| many workers there are. `job` is a name of `config/queue.ts`.
|
|   { id: 'nightly-prices', cron: '0 3 * * *', job: 'update-prices' }
|
*/
import type { Schedule } from '#core/queue/schedules'

export const schedule: Schedule[] = [
  /** Guesses at addresses nobody has must not pile up. */
  { id: 'sweep-credentials', cron: '*/10 * * * *', job: 'sweep-credentials' },
  { id: 'expired-files', cron: '17 * * * *', job: 'forget-expired-files' },
  { id: 'open-erasures', cron: '*/10 * * * *', job: 'resume-erasures' },
  { id: 'old-tombstones', cron: '23 3 * * *', job: 'forget-tombstones' },
  { id: 'old-rule-run-logs', cron: '37 3 * * *', job: 'forget-rule-run-logs' },
  { id: 'old-webhook-deliveries', cron: '11 4 * * *', job: 'forget-webhook-deliveries' },
  { id: 'stored-bytes', cron: '41 2 * * *', job: 'sweep-storage' },

  /** Somewhere it is the hour of a digest; zones lie a quarter of an hour apart. */
  { id: 'digests', cron: '*/15 * * * *', job: 'start-digests' },
  /** A balance may be low for the second month although nothing was booked. */
  { id: 'alerts', cron: '29 5 * * *', job: 'ask-for-all-evaluations' },
  { id: 'old-notifications', cron: '53 3 * * *', job: 'forget-notifications' },
  /** Is what is kept what the rows say, and is the audit log whole? Some users a night. */
  { id: 'ledger-verification', cron: '7 4 * * *', job: 'verify-ledger' },
  { id: 'audit-verification', cron: '37 4 * * *', job: 'verify-audit' },
  { id: 'habit-verification', cron: '7 5 * * *', job: 'verify-habits' },
  /** Streaks and challenges end by the clock, in every time zone. */
  { id: 'due-habits', cron: '7,22,37,52 * * * *', job: 'evaluate-due-habits' },

  /** Whose were the ids that somebody asked for in vain? */
  { id: 'refused-access', cron: '*/15 * * * *', job: 'record-refused-access' },
]
