import { createHmac } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { credentials } from '#config/credentials'
import { PasswordGuessSchema } from '#database/schema'
import AccountLocked from '#auth/exceptions/account_locked'
import User from '#users/models/user'

const { allowed, period, key } = credentials.guesses

/**
 * How often a password was tried for an address, whether anybody has it or not.
 * A guess is counted before the password is looked at, in one statement: however
 * many come at once, no more are looked at than are allowed.
 */
export default class PasswordGuess extends PasswordGuessSchema {
  /**
   * Counts a guess. The address stays locked for the whole period after the last
   * one allowed, unless that one was right.
   *
   * @throws AccountLocked
   */
  static async take(email: string): Promise<PasswordGuess> {
    const { rows } = await db.connection('app').rawQuery(
      `INSERT INTO password_guesses AS g (address, taken, expires_at)
       VALUES (?, 1, now() + make_interval(secs => ?))
       ON CONFLICT (address) DO UPDATE SET
         taken = CASE WHEN g.expires_at <= now() THEN 1 ELSE least(g.taken, ?) + 1 END,
         expires_at = CASE WHEN g.expires_at > now() AND g.taken >= ? THEN g.expires_at
           ELSE excluded.expires_at END
       RETURNING *, ceil(extract(epoch FROM expires_at - now()))::int AS seconds_left`,
      [PasswordGuess.#digest(email), period, allowed, allowed]
    )
    if (rows[0].taken > allowed) throw new AccountLocked(rows[0].seconds_left)
    return PasswordGuess.$createFromAdapterResult(rows[0]) as PasswordGuess
  }

  /** Starts the count of an address anew; says whether it was locked. */
  static async forget(email: string, trx: TransactionClientContract): Promise<boolean> {
    const { rows } = await trx.rawQuery(
      'DELETE FROM password_guesses WHERE address = ? RETURNING taken >= ? AND expires_at > now() AS locked',
      [PasswordGuess.#digest(email), allowed]
    )
    return rows[0]?.locked ?? false
  }

  /** Takes back the count of a right password that opened nothing yet. */
  static async giveBack(email: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      'UPDATE password_guesses SET taken = greatest(least(taken, ?) - 1, 0) WHERE address = ?',
      [allowed, PasswordGuess.#digest(email)]
    )
  }

  static #digest(email: string) {
    return createHmac('sha256', key).update(User.normaliseEmail(email)).digest()
  }

  /** When it is wrong, the address is locked. */
  get isLast() {
    return this.taken === allowed
  }

  /** The period begins with the failure. */
  async fail(trx: TransactionClientContract) {
    await trx.rawQuery(
      'UPDATE password_guesses SET expires_at = now() + make_interval(secs => ?) WHERE address = ?',
      [period, this.address]
    )
  }
}
