import env from '#start/env'
import { defineConfig } from '#core/queue/define_config'

const seconds = 1_000
const minutes = 60 * seconds
const days = 24 * 60 * minutes

/** For how long a job that failed for good can be run again, from Redis or the outbox. */
const keepFailedDays = 30

/** How many jobs of one queue a worker runs at a time: 1 to 5. */
function concurrency(
  setting: `QUEUE_CONCURRENCY_${'EMAIL' | 'CSV_IMPORT' | 'PRICE_UPDATE' | 'GAMIFICATION' | 'NOTIFICATIONS' | 'WEBHOOKS' | 'FILES'}`,
  fallback: number
) {
  const value = env.get(setting) ?? fallback
  if (!Number.isInteger(value) || value < 1 || value > 5) {
    throw new Error(`${setting} must be a whole number from 1 to 5`)
  }
  return value
}

/**
 * A worker not heard of for this long (milliseconds) counts as killed, and its jobs
 * are run again. How often it is heard of and looked for follows from that.
 */
const silence = (env.get('QUEUE_SILENCE_SECONDS') ?? 10) * seconds
if (silence < seconds) throw new Error('QUEUE_SILENCE_SECONDS must be 1 or more')

/** Waits of `delay`, then twice that, each shortened at random by up to half. */
const backoff = (delay: number) => ({ type: 'exponential', delay, jitter: 0.5 })

export default defineConfig({
  /**
   * Every job there is, by the name it travels under. A name stays for as long
   * as jobs of that name may be waiting.
   */
  jobs: {
    'mail-notice': () => import('#auth/jobs/mail_notice'),
    'mail-verification': () => import('#auth/jobs/mail_verification'),
    'mail-email-change': () => import('#auth/jobs/mail_email_change'),
    'mail-password-reset': () => import('#auth/jobs/mail_password_reset'),
    'sweep-credentials': () => import('#auth/jobs/sweep_credentials'),
    'import-transactions': () => import('#transactions/jobs/import_transactions'),
    'revert-import': () => import('#transactions/jobs/revert_import'),
    'forget-tombstones': () => import('#transactions/jobs/forget_tombstones'),
    'forget-rule-run-logs': () => import('#transactions/jobs/forget_rule_run_logs'),
    'run-rules': () => import('#transactions/jobs/run_rules'),
    'delete-bytes': () => import('#files/jobs/delete_bytes'),
    'write-export': () => import('#files/jobs/write_export'),
    'forget-expired-files': () => import('#files/jobs/forget_expired_files'),
    'sweep-storage': () => import('#files/jobs/sweep_storage'),
    'erase-user': () => import('#users/jobs/erase_user'),
    'resume-erasures': () => import('#users/jobs/resume_erasures'),
    'tell-user': () => import('#notifications/jobs/tell_user'),
    'ask-for-evaluation': () => import('#notifications/jobs/ask_for_evaluation'),
    'ask-for-all-evaluations': () => import('#notifications/jobs/ask_for_all_evaluations'),
    'evaluate-alerts': () => import('#notifications/jobs/evaluate_alerts'),
    'mail-notification': () => import('#notifications/jobs/mail_notification'),
    'mail-digest': () => import('#notifications/jobs/mail_digest'),
    'start-digests': () => import('#notifications/jobs/start_digests'),
    'forget-notifications': () => import('#notifications/jobs/forget_notifications'),
    'report-failures': () => import('#core/queue/failures/report_failures'),
    'verify-audit': () => import('#core/audit/verify_audit_job'),
    'verify-ledger': () => import('#transactions/jobs/verify_ledger'),
    'note-habits': () => import('#gamification/jobs/note_activity'),
    'evaluate-habits': () => import('#gamification/jobs/evaluate_habits'),
    'evaluate-due-habits': () => import('#gamification/jobs/evaluate_due_habits'),
    'verify-habits': () => import('#gamification/jobs/verify_habits'),
    'publish-activity': () => import('#core/activity/publish_activity'),
    'announce-to-webhooks': () => import('#notifications/jobs/announce_to_webhooks'),
    'deliver-webhook': () => import('#notifications/jobs/deliver_webhook'),
    'forget-webhook-deliveries': () => import('#notifications/jobs/forget_webhook_deliveries'),
    'disable-webhooks': () => import('#notifications/jobs/disable_webhooks'),
    'mail-webhook-notice': () => import('#notifications/jobs/mail_webhook_notice'),
    'mail-webhook-disabled': () => import('#notifications/jobs/mail_webhook_disabled'),
    'record-refused-access': () => import('#core/audit/refused_access_job'),
    ...(env.get('NODE_ENV') === 'test' && {
      'write-lines': () => import('#tests/support/jobs/write_lines'),
    }),
  },

  connection: {
    host: env.get('REDIS_HOST'),
    port: env.get('REDIS_PORT'),
    password: env.get('REDIS_PASSWORD'),
    db: 0,
  },

  /**
   * Named after the database whose outbox fills the queues, so that two can share a
   * Redis. The braces put all keys into one slot of a Redis Cluster.
   */
  prefix: `{${env.get('DB_DATABASE')}}`,

  /**
   * A mail server is often away for minutes, as object storage is, so e-mail and
   * files wait longer between their attempts than work on our own data.
   */
  queues: {
    'email': {
      concurrency: concurrency('QUEUE_CONCURRENCY_EMAIL', 5),
      backoff: backoff(30 * seconds),
    },
    'csv-import': {
      concurrency: concurrency('QUEUE_CONCURRENCY_CSV_IMPORT', 2),
      backoff: backoff(2 * seconds),
    },
    'price-update': {
      concurrency: concurrency('QUEUE_CONCURRENCY_PRICE_UPDATE', 1),
      backoff: backoff(30 * seconds),
    },
    'gamification': {
      concurrency: concurrency('QUEUE_CONCURRENCY_GAMIFICATION', 2),
      backoff: backoff(2 * seconds),
    },
    'notifications': {
      concurrency: concurrency('QUEUE_CONCURRENCY_NOTIFICATIONS', 3),
      backoff: backoff(10 * seconds),
    },
    /** Waits for strangers' servers, so nothing else waits behind it. */
    'webhooks': {
      concurrency: concurrency('QUEUE_CONCURRENCY_WEBHOOKS', 5),
      backoff: backoff(10 * seconds),
    },
    'files': {
      concurrency: concurrency('QUEUE_CONCURRENCY_FILES', 2),
      backoff: backoff(30 * seconds),
    },
  },

  /** How often a job is tried before it becomes a dead letter. */
  attempts: 3,

  keepCompletedSeconds: 24 * 60 * 60,
  keepDeadLetters: keepFailedDays * days,

  /** Adding a job fails after this long when Redis doesn't answer; the outbox has it. */
  producer: { timeout: 2 * seconds },

  worker: {
    /**
     * A worker renews the lock of its job every half `lockDuration`; the jobs of
     * a killed one are run again after at most `lockDuration` + two intervals.
     * Code that blocks the event loop for as long as the lock is taken for dead.
     */
    lockDuration: silence,
    stalledInterval: silence / 2,

    /** How many killed workers a job survives. */
    maxStalledCount: 10,

    /** A job that can't run yet, because Postgres is away or others run, comes back after this. */
    postponement: 3 * seconds,

    /** How often aged jobs go, lost dead letters are found and schedules are put back. */
    sweepInterval: 30 * seconds,

    /** For how long a `rescue` that throws is tried again. */
    rescuePeriod: 10 * minutes,

    /** How long a stopping worker lets its jobs finish; less than Kubernetes' 30 s. */
    gracePeriod: 25 * seconds,
  },

  outbox: {
    relayInterval: 1 * seconds,

    /** Rows that the relay sends in one go. */
    batch: 200,

    /** A job nobody has spoken for this long is looked for, and sent again if it is gone. */
    lostAfterSeconds: (1.5 * silence) / seconds,

    /**
     * One that waits long, because its queue is paused or has much to do, is looked
     * for less and less often, at least this often. After Redis was wiped all are.
     */
    longestLookSeconds: 300,

    /** How often a worker speaks for its running jobs; well below `lostAfterSeconds`. */
    heartbeat: silence / 2,

    keepFinishedDays: 7,
    keepFailedDays,
  },

  /** Who is mailed when jobs fail for good; without an address it is only logged. */
  operator: {
    email: env.get('OPERATOR_EMAIL'),

    /** How long failures of jobs of one name are gathered before the first mail. */
    gathering: 10 * seconds,

    /** No other mail about jobs of this name for so long; the next tells of all. */
    pause: 15 * minutes,
  },
})
