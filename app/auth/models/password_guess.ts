import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { credentials } from '#config/credentials'
import { keyrings } from '#config/secrets'
import { committed } from '#core/database/committed'
import { PasswordGuessSchema } from '#database/schema'
import AccountLocked from '#auth/exceptions/account_locked'
import User from '#users/models/user'

const { allowed, period, patience } = credentials.guesses

/** Milliseconds between two looks at the guesses of an address. */
const LOOKS = { first: 25, last: 200 }

/**
 * How often a password was tried for an address, whether anybody has it or not.
 * A guess is counted before the password is looked at: however many come at once,
 * no more are looked at than are allowed. Whoever locks a row of these and writes
 * to the audit log does it in this order.
 */
export default class PasswordGuess extends PasswordGuessSchema {
  /**
   * Counts a guess. The address stays locked for the whole period after the last
   * one allowed, unless that one was right. While others are looked at that may be
   * right, it waits for what they come to, for so long as is bearable.
   *
   * @throws AccountLocked
   */
  static async take(email: string): Promise<PasswordGuess> {
    const [address, ...others] = digestsOf(email)
    const deadline = performance.now() + patience * 1_000
    for (;;) {
      const counted = await committed(db.connection('app'), async (trx) => {
        if (others.length > 0) await PasswordGuess.#carryOver(address, others, trx)
        return PasswordGuess.#count(address, trx)
      })
      if (counted.taken <= allowed) {
        return PasswordGuess.$createFromAdapterResult(counted) as PasswordGuess
      }
      const secondsLeft = await PasswordGuess.#lockOf(address, deadline)
      if (secondsLeft !== null) throw new AccountLocked(secondsLeft)
    }
  }

  /** Starts the count of an address anew; says whether it was locked. */
  static async forget(email: string, trx: TransactionClientContract): Promise<boolean> {
    const { rows } = await trx.rawQuery<{ rows: { locked: boolean }[] }>(
      `DELETE FROM password_guesses WHERE address = ANY(?::bytea[])
       RETURNING taken >= ? AND expires_at > now() AS locked`,
      [digestsOf(email), allowed]
    )
    return rows.some(({ locked }) => locked)
  }

  /** Takes back the count of a right password that opened nothing yet. */
  static async giveBack(email: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE password_guesses SET taken = greatest(least(taken, ?) - 1, 0)
       WHERE address = ANY(?::bytea[])`,
      [allowed, digestsOf(email)]
    )
  }

  /** How long the address stays locked, in seconds; null as soon as a guess may be taken. */
  static async #lockOf(address: string, deadline: number): Promise<number | null> {
    for (let pause = LOOKS.first; ; pause = Math.min(2 * pause, LOOKS.last)) {
      const { rows } = await db.connection('app').rawQuery(
        `SELECT failed, ceil(extract(epoch FROM expires_at - now()))::int AS seconds_left
         FROM password_guesses WHERE address = ? AND taken >= ? AND expires_at > now()`,
        [address, allowed]
      )
      if (rows.length === 0) return null
      const [{ failed, seconds_left: secondsLeft }] = rows
      if (failed >= allowed || performance.now() + pause > deadline) return secondsLeft
      await sleep(pause)
    }
  }

  static async #count(address: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `INSERT INTO password_guesses AS g (address, taken, expires_at)
       VALUES (?, 1, now() + make_interval(secs => ?))
       ON CONFLICT (address) DO UPDATE SET
         taken = CASE WHEN g.expires_at <= now() THEN 1 ELSE least(g.taken, ?) + 1 END,
         failed = CASE WHEN g.expires_at <= now() THEN 0 ELSE g.failed END,
         expires_at = CASE WHEN g.expires_at > now() AND g.taken >= ? THEN g.expires_at
           ELSE excluded.expires_at END
       RETURNING *, ceil(extract(epoch FROM expires_at - now()))::int AS seconds_left`,
      [address, period, allowed, allowed]
    )
    return rows[0]
  }

  /**
   * Brings what was counted under another key to this one. In the seconds in which
   * a new key becomes active, processes differ on which it is; all of them know
   * both, and take turns, so an address has one count.
   */
  static async #carryOver(address: string, others: string[], trx: TransactionClientContract) {
    const [turn] = [address, ...others].sort()
    await trx.rawQuery('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [turn])
    await trx.rawQuery(
      `UPDATE password_guesses SET address = ? WHERE address = ANY(?::bytea[])
         AND NOT EXISTS (SELECT 1 FROM password_guesses WHERE address = ?)`,
      [address, others, address]
    )
  }

  /** When it is wrong, the address is locked. */
  get isLast() {
    return this.taken === allowed
  }

  /** The period begins with the failure. */
  async fail(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE password_guesses SET failed = least(failed + 1, taken),
         expires_at = now() + make_interval(secs => ?) WHERE address = ?`,
      [period, this.address]
    )
  }
}

/** What an address is counted under, as Postgres writes bytes: by the active key, then by the other. */
function digestsOf(email: string): string[] {
  const address = User.normaliseEmail(email)
  return keyrings.APP_KEY.keys.map(
    ({ guessMark }) => `\\x${createHmac('sha256', guessMark).update(address).digest('hex')}`
  )
}
