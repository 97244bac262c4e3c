import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { keyrings } from '#config/secrets'
import { isUuid } from '#core/database/uuid'

/** How often, and how many times, a sent mail is noted until Postgres takes it. */
const PAUSE = 500
const TRIES = 40

/** What is known of a mail before it is written. */
export interface Attempt {
  /** 32 random bytes, the same each time this mail is tried. */
  random: Buffer
  /** It was handed to a mail server before, which may have taken it. */
  mayHaveArrived: boolean
}

interface Row {
  seed: Buffer | null
  attempted_at: Date | null
  sent_at: Date | null
}

/**
 * That the mail of a job was sent, so that a job which runs again sends it no
 * second time. A job sends one mail of a kind.
 */
export class MailMark {
  readonly #jobId: string
  readonly #kind: string

  private constructor(jobId: string, kind: string) {
    this.#jobId = jobId
    this.#kind = kind
  }

  /** Null for a job that has no row in the outbox: nothing remembers its mail. */
  static of(jobId: string | undefined, kind: string) {
    return jobId && isUuid(jobId) ? new MailMark(jobId, kind) : null
  }

  /**
   * That of every copy of this mail (RFC 5322, 3.6.4), so that a receiver knows
   * the second one.
   */
  get messageId() {
    return `<${this.#jobId}.${this.#kind}@${new URL(appUrl).hostname}>`
  }

  /** What the mail may be written with; null when it was sent. */
  async open(): Promise<Attempt | null> {
    const { rows } = await db.rawQuery<{ rows: Row[] }>(
      `INSERT INTO mails AS m (job_id, kind, message_id, seed) VALUES (?, ?, ?, ?)
       ON CONFLICT (job_id, kind) DO UPDATE
         SET seed = CASE WHEN m.sent_at IS NULL THEN coalesce(m.seed, excluded.seed) END
       RETURNING seed, attempted_at, sent_at`,
      [this.#jobId, this.#kind, this.messageId, randomBytes(32)]
    )
    const { seed, attempted_at: attemptedAt, sent_at: sentAt } = rows[0]
    if (sentAt) return null

    const { mailMark } = keyrings.APP_KEY.newest
    const random = createHmac('sha256', mailMark).update(seed!).digest()
    return { random, mayHaveArrived: attemptedAt !== null }
  }

  /** Notes that the mail is about to be handed over. Answers false when it was sent. */
  async attempt(): Promise<boolean> {
    const { rowCount } = await db.rawQuery(
      `INSERT INTO mails AS m (job_id, kind, message_id, attempted_at) VALUES (?, ?, ?, now())
       ON CONFLICT (job_id, kind) DO UPDATE SET attempted_at = now() WHERE m.sent_at IS NULL`,
      [this.#jobId, this.#kind, this.messageId]
    )
    return rowCount === 1
  }

  /** Notes that no mail server took it. */
  async takeBack() {
    await db.rawQuery('UPDATE mails SET attempted_at = NULL WHERE job_id = ? AND kind = ?', [
      this.#jobId,
      this.#kind,
    ])
  }

  /**
   * Notes that the mail server took the mail. Until Postgres knows, a killed
   * worker's mail would be sent again, so this doesn't give up soon.
   */
  async sent() {
    for (let left = TRIES; ; left--) {
      try {
        await db.rawQuery(
          'UPDATE mails SET sent_at = now(), seed = NULL WHERE job_id = ? AND kind = ?',
          [this.#jobId, this.#kind]
        )
        return
      } catch (error) {
        if (left === 0) throw error
        await sleep(PAUSE)
      }
    }
  }
}
