import { tenant } from '#core/database/tenant'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Status of a key whose effect is committed and whose answer is not kept yet. */
const EFFECTIVE = 102

export type Answer = { status: number; headers: Record<string, string>; body: string | null }

/** What a key was first used for. `bodyHash` is empty while a body is still unread. */
export type Use = { method: string; path: string; bodyHash: Buffer }

export type EarlierUse = Use & Partial<Answer>

type Row = {
  method: string
  path: string
  body_hash: Buffer
  status: number | null
  headers: Record<string, string> | null
  body: string | null
}

/**
 * A client's `Idempotency-Key`, held by one request at a time. The database's
 * clock decides who holds it, and whoever lost it to another (after a crash or
 * a minute) can neither commit under it nor answer for it.
 */
export class IdempotencyKey {
  #lock: string | undefined

  constructor(
    private userId: string,
    private key: string
  ) {}

  /** Takes the key, or tells what it was used for within the last 24 hours. */
  async take(use: Use): Promise<EarlierUse | undefined> {
    return tenant.transaction(this.userId, async (trx) => {
      const { rows } = await trx.rawQuery<{ rows: { lock: string }[] }>(
        `INSERT INTO idempotency_keys AS known (user_id, key, method, path, body_hash, locked_until)
         VALUES (?, ?, ?, ?, ?, now() + interval '60 seconds')
         ON CONFLICT (user_id, key) DO UPDATE
            SET method = excluded.method, path = excluded.path, body_hash = excluded.body_hash,
                status = NULL, headers = NULL, body = NULL,
                created_at = now(), locked_until = excluded.locked_until
          WHERE known.created_at < now() - interval '24 hours'
             OR (known.status IS NULL AND known.locked_until < now()
                 AND (known.method, known.path, known.body_hash)
                   = (excluded.method, excluded.path, excluded.body_hash))
         RETURNING locked_until::text AS lock`,
        [this.userId, this.key, use.method, use.path, use.bodyHash]
      )
      this.#lock = rows[0]?.lock
      return this.#lock === undefined ? this.#earlierUse(trx) : undefined
    })
  }

  /**
   * Says, in the transaction that has the effect, that this key has had it. From
   * then on a repetition can't have it again, even if the answer gets lost.
   *
   * @throws Error when another request holds the key by now: nothing is committed
   */
  async confirm(userId: string, trx: TransactionClientContract) {
    if (userId !== this.userId) {
      return
    }
    const { rowCount } = await trx.rawQuery(
      `UPDATE idempotency_keys SET status = ${EFFECTIVE}
        WHERE user_id = ? AND key = ? AND locked_until = ?::timestamptz
          AND (status IS NULL OR status = ${EFFECTIVE})`,
      this.#identity()
    )
    if (rowCount === 0) {
      throw new Error('The idempotency key was taken over by another request')
    }
  }

  /** Keeps the answer for repetitions. */
  async keep({ status, headers, body }: Answer, bodyHash: Buffer) {
    await tenant.transaction(this.userId, (trx) =>
      trx.rawQuery(
        `UPDATE idempotency_keys SET status = ?, headers = ?::jsonb, body = nullif(?, ''), body_hash = ?
          WHERE user_id = ? AND key = ? AND locked_until = ?::timestamptz`,
        [status, JSON.stringify(headers), body ?? '', bodyHash, ...this.#identity()]
      )
    )
  }

  /** Forgets the key, as the request had no effect and may be repeated. */
  async release() {
    await tenant.transaction(this.userId, (trx) =>
      trx.rawQuery(
        `DELETE FROM idempotency_keys
          WHERE user_id = ? AND key = ? AND locked_until = ?::timestamptz AND status IS NULL`,
        this.#identity()
      )
    )
  }

  async #earlierUse(trx: TransactionClientContract): Promise<EarlierUse> {
    const { rows } = await trx.rawQuery<{ rows: Row[] }>(
      `SELECT method, path, body_hash, headers, body,
              CASE WHEN status = ${EFFECTIVE} AND locked_until >= now() THEN NULL
                   ELSE status END AS status
         FROM idempotency_keys WHERE user_id = ? AND key = ?`,
      [this.userId, this.key]
    )
    const [{ method, path, body_hash: bodyHash, status, headers, body }] = rows
    if (status === null) {
      return { method, path, bodyHash }
    }
    return { method, path, bodyHash, status, headers: headers ?? {}, body }
  }

  #identity() {
    return [this.userId, this.key, this.#lock!]
  }
}

/** Whether the effect is known to be there while the answer is gone. */
export function isAnswerLost({ status }: EarlierUse): boolean {
  return status === EFFECTIVE
}
