/*
|--------------------------------------------------------------------------
| Settings
|--------------------------------------------------------------------------
|
| Every setting Finora reads. A missing or wrong one stops the start and is
| named, with what it should be. `.env.example` describes each of them. Only
| files in `config/` read what is validated here.
|
*/
import { Env } from '@adonisjs/core/env'

/** What the environment names stands over `.env`, also when that file is read again. */
export const givenByEnvironment = new Set(Object.keys(process.env))

export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  PORT: Env.schema.number(),
  HOST: Env.schema.string({ format: 'host' }),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  LOG_LEVEL: Env.schema.enum([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),

  APP_KEY: Env.schema.secret(),
  APP_KEY_PREVIOUS: Env.schema.secret.optional(),
  JWT_ACCESS_TOKEN_SECRET: Env.schema.secret(),
  JWT_ACCESS_TOKEN_SECRET_PREVIOUS: Env.schema.secret.optional(),
  SECRETS_LEAD_SECONDS: Env.schema.number.optional(),
  SECRETS_LOOK_SECONDS: Env.schema.number.optional(),
  METRICS_TOKEN: Env.schema.secret.optional(),

  SIGN_IN_GUESSES: Env.schema.number.optional(),
  SIGN_IN_LOCK_MINUTES: Env.schema.number.optional(),
  SESSION_LIFETIME_DAYS: Env.schema.number.optional(),

  DB_HOST: Env.schema.string({ format: 'host' }),
  DB_PORT: Env.schema.number(),
  DB_USER: Env.schema.string(),
  DB_PASSWORD: Env.schema.string.optional(),
  DB_DATABASE: Env.schema.string(),
  DB_APP_USER: Env.schema.string.optional(),
  DB_APP_PASSWORD: Env.schema.string.optional(),
  DB_SYSTEM_USER: Env.schema.string.optional(),
  DB_SYSTEM_PASSWORD: Env.schema.string.optional(),
  DB_POOL_MAX: Env.schema.number.optional(),

  REDIS_HOST: Env.schema.string({ format: 'host' }),
  REDIS_PORT: Env.schema.number(),
  REDIS_PASSWORD: Env.schema.string.optional(),

  SMTP_HOST: Env.schema.string({ format: 'host' }),
  SMTP_PORT: Env.schema.number(),
  SMTP_USERNAME: Env.schema.string.optional(),
  SMTP_PASSWORD: Env.schema.string.optional(),
  MAIL_FROM: Env.schema.string.optional(),
  OPERATOR_EMAIL: Env.schema.string.optional({ format: 'email' }),

  DRIVE_DISK: Env.schema.enum(['fs', 's3'] as const),
  DRIVE_ROOT: Env.schema.string.optional(),
  S3_BUCKET: Env.schema.string.optionalWhen(process.env.DRIVE_DISK !== 's3'),
  S3_REGION: Env.schema.string.optionalWhen(process.env.DRIVE_DISK !== 's3'),
  S3_ENDPOINT: Env.schema.string.optional({ format: 'url', tld: false }),
  AWS_ACCESS_KEY_ID: Env.schema.string.optionalWhen(process.env.DRIVE_DISK !== 's3'),
  AWS_SECRET_ACCESS_KEY: Env.schema.string.optionalWhen(process.env.DRIVE_DISK !== 's3'),

  CORS_ORIGINS: Env.schema.string.optional(),
  TRUSTED_PROXIES: Env.schema.string.optional(),
  ALLOWED_HOSTS: Env.schema.string.optional(),

  RATE_LIMIT_AI: Env.schema.string.optional(),
  RATE_LIMIT_AUTH: Env.schema.string.optional(),
  RATE_LIMIT_IMPORTS: Env.schema.string.optional(),
  RATE_LIMIT_FILES: Env.schema.string.optional(),
  RATE_LIMIT_API: Env.schema.string.optional(),
  RATE_LIMIT_IP: Env.schema.string.optional(),

  SYNC_TOMBSTONE_DAYS: Env.schema.number.optional(),
  RULE_RUN_LOG_DAYS: Env.schema.number.optional(),

  WEBHOOK_ALLOWED_NETWORKS: Env.schema.string.optional(),
  WEBHOOK_FORBIDDEN_NETWORKS: Env.schema.string.optional(),
  WEBHOOK_ALLOW_HTTP: Env.schema.boolean.optional(),
  WEBHOOK_PORTS: Env.schema.string.optional(),
  WEBHOOK_FAILURES: Env.schema.number.optional(),

  POINTS_BACKDATED_DAYS: Env.schema.number.optional(),
  NOTIFICATIONS_READ_DAYS: Env.schema.number.optional(),
  NOTIFICATIONS_UNREAD_DAYS: Env.schema.number.optional(),
  LIVE_STREAMS_PER_USER: Env.schema.number.optional(),

  QUEUE_SILENCE_SECONDS: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_EMAIL: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_CSV_IMPORT: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_PRICE_UPDATE: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_GAMIFICATION: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_NOTIFICATIONS: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_WEBHOOKS: Env.schema.number.optional(),
  QUEUE_CONCURRENCY_FILES: Env.schema.number.optional(),
})
