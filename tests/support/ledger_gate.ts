import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { roles } from '#config/database'
import { eventually } from '#tests/support/eventually'
import type User from '#users/models/user'

/**
 * Lets the writers of one user's ledger through one at a time: it holds the row
 * that each of them locks first, and queues for it again behind the one it lets
 * pass (Postgres serves those who wait for a row in their order).
 */
export class LedgerGate {
  #holder!: Promise<TransactionClientContract>

  static async close(user: Pick<User, 'id'>) {
    const gate = new LedgerGate(user.id)
    gate.#holder = gate.#hold()
    await gate.#holder
    return gate
  }

  private constructor(readonly userId: string) {}

  /** Resolves when a writer stands before the gate. */
  async somebodyWaits() {
    await eventually(() => this.#isAwaited(), 45_000)
  }

  async nobodyWaits() {
    await eventually(async () => !(await this.#isAwaited()), 10_000)
  }

  /** Lets the one who waits through, and nobody after. */
  async letOnePass() {
    const holder = await this.#holder
    const waiting = await this.#waiting()
    this.#holder = this.#hold()
    await eventually(async () => (await this.#waiting()) > waiting)
    await holder.commit()
  }

  /** Resolves when whoever was let through is done, or dead. */
  async closed() {
    await this.#holder
  }

  async open() {
    const holder = await this.#holder
    await holder.commit()
  }

  async #hold() {
    const trx = await db.connection('system').transaction()
    await trx.rawQuery('SELECT 1 FROM users WHERE id = ? FOR NO KEY UPDATE', [this.userId])
    return trx
  }

  async #isAwaited() {
    return (await this.#waiting(roles.app.user)) > 0
  }

  async #waiting(role = '%') {
    const { rows } = await db.connection('owner').rawQuery(
      `SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE NOT granted AND datname = current_database() AND usename LIKE ?`,
      [role]
    )
    return rows[0].waiting as number
  }
}
