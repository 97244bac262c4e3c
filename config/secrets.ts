import env, { givenByEnvironment } from '#start/env'
import { createHash, createHmac, createSecretKey } from 'node:crypto'
import { Keyring, type SecretPair } from '#core/secrets/keyring'
import { SealedColumn, sealingKey } from '#core/secrets/sealed_column'

/*
|--------------------------------------------------------------------------
| Secrets and their rotation
|--------------------------------------------------------------------------
|
| Each secret has a newest value and, while it is rotated, the one before. A key
| id is a digest of its secret, so that all processes of a rotation agree on it.
| See docs/decisions/0011-rotation-without-a-pause.md.
|
*/
export type RotatedSetting = 'APP_KEY' | 'JWT_ACCESS_TOKEN_SECRET'

const DAY = 86_400

export const rotation = {
  /** Days after which a secret is due, and after which `secrets:status` warns. */
  dueDays: 90,
  warnDays: 80,

  /** How often a process looks at `.env` and says which keys it holds (milliseconds). */
  interval: (env.get('SECRETS_LOOK_SECONDS') ?? 5) * 1_000,

  /** A process not heard of for this long is gone (seconds). */
  silence: 30,

  /**
   * A new key signs once it has been known this long (seconds) and every process
   * holds it: long enough for one that is just starting to be heard of.
   */
  lead: env.get('SECRETS_LEAD_SECONDS') ?? 60,

  /** How long the one before is still needed once a new key is in use (seconds). */
  keepPrevious: {
    /** Refresh tokens carry its mark for up to their seven days. */
    JWT_ACCESS_TOKEN_SECRET: 8 * DAY,
    /** Kept answers are sealed with it for a day; columns until they are sealed anew. */
    APP_KEY: 2 * DAY,
  },
}

/** Signs access tokens (HS256) and marks refresh tokens. */
export function signingKey(secret: string) {
  return {
    secret,
    id: createHash('sha256').update(secret).digest('hex').slice(0, 12),
    key: createSecretKey(Buffer.from(secret, 'utf8')),
    refreshMark: createHmac('sha256', secret).update('refresh').digest('base64url'),
  }
}

/**
 * Seals columns and kept answers, marks the addresses that passwords are guessed
 * for, and makes what a mail says at random.
 */
export function applicationKey(secret: string) {
  return {
    ...sealingKey(secret),
    guessMark: createHmac('sha256', secret).update('password guesses').digest(),
    mailMark: createHmac('sha256', secret).update('mails').digest(),
  }
}

function pairOf(setting: RotatedSetting): SecretPair {
  return {
    newest: env.get(setting).release(),
    previous: env.get(`${setting}_PREVIOUS`)?.release(),
  }
}

export const keyrings = {
  APP_KEY: new Keyring('APP_KEY', applicationKey, pairOf('APP_KEY')),
  JWT_ACCESS_TOKEN_SECRET: new Keyring(
    'JWT_ACCESS_TOKEN_SECRET',
    signingKey,
    pairOf('JWT_ACCESS_TOKEN_SECRET')
  ),
}

/** Whether the environment itself names the setting: then `.env` has no say in it. */
export function isFixed(setting: string) {
  return givenByEnvironment.has(setting)
}

/** Every sealed column there is. `secrets:rotate --finish` seals all of them anew. */
export const sealedColumns = {
  otpSecret: new SealedColumn(
    { table: 'otp_enrolments', column: 'secret_sealed', row: ['user_id'] },
    keyrings.APP_KEY
  ),
  webhookSecret: new SealedColumn(
    { table: 'webhooks', column: 'secret_sealed', row: ['user_id', 'id'] },
    keyrings.APP_KEY
  ),
  previousWebhookSecret: new SealedColumn(
    { table: 'webhooks', column: 'previous_secret_sealed', row: ['user_id', 'id'] },
    keyrings.APP_KEY
  ),
}
