import db from '@adonisjs/lucid/services/db'
import { isUuid } from '#core/database/uuid'

/**
 * The workers' side of the outbox: what became of the jobs that were sent from
 * it. Jobs that were dispatched straight to Redis have no row, and pass.
 */
export class Deliveries {
  readonly #running = new Set<string>()

  /** Whether the job is still to be done; it counts as running from then on. */
  async claim(id: string): Promise<boolean> {
    if (!isUuid(id)) return true

    const { rows } = await db.rawQuery<{ rows: { finished_at: Date | null }[] }>(
      'UPDATE outbox SET dispatched_at = now() WHERE id = ? RETURNING finished_at',
      [id]
    )
    if (rows[0]?.finished_at) return false

    this.#running.add(id)
    return true
  }

  release(id: string) {
    this.#running.delete(id)
  }

  async finish(id: string) {
    if (!isUuid(id)) return
    await db.rawQuery(
      'UPDATE outbox SET finished_at = now(), failed_at = NULL, error = NULL WHERE id = ?',
      [id]
    )
  }

  /** Writes down that the job failed for good, with the error's class only. */
  async fail(id: string, error: Error) {
    if (!isUuid(id)) return
    await db.rawQuery(
      'UPDATE outbox SET failed_at = now(), error = ? WHERE id = ? AND finished_at IS NULL',
      [error.name, id]
    )
  }

  /** Opens the row of a failed job again. */
  async reopen(id: string) {
    if (!isUuid(id)) return
    await db.rawQuery(
      'UPDATE outbox SET failed_at = NULL, error = NULL, dispatched_at = now() WHERE id = ?',
      [id]
    )
  }

  /**
   * Says that the running jobs are in good hands, so that the relay doesn't send
   * them a second time when Redis forgot them.
   */
  async speakForRunning() {
    if (this.#running.size === 0) return
    await db.rawQuery('UPDATE outbox SET dispatched_at = now() WHERE id = ANY(?)', [
      [...this.#running],
    ])
  }
}
