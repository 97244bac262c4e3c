import type { QueueConfig } from '#core/queue/define_config'
import type { QueuedJob, QueueManager } from '#core/queue/queue_manager'
import { system } from '#core/database/system'

interface DueRow extends QueuedJob {
  dispatched_at: string | null
}

/**
 * A row this young is being sent by the process that wrote it. One that was sent is
 * looked for when nobody spoke for it for as long as a job may be silent; the longer
 * it waits the less often, unless it was sent to a Redis that has lost everything.
 */
const DUE = `
  SELECT id, job, queue, payload, dispatched_at FROM outbox
  WHERE finished_at IS NULL AND failed_at IS NULL AND available_at <= now()
    AND ((dispatched_at IS NULL AND created_at < now() - interval '2 seconds')
      OR dispatched_at < now() - interval '1 second' * CASE WHEN dispatched_at < to_timestamp(?)
        THEN ? ELSE greatest(?, least(extract(epoch FROM now() - available_at) / 4, ?)) END)
  ORDER BY available_at
  LIMIT ?
  FOR UPDATE SKIP LOCKED`

/**
 * Sends the outbox rows that nobody sent (the process died, Redis was away, the
 * job was to run later), and again those whose job Redis lost. Every worker
 * runs one; the row locks make them share the work. What waits in Redis, such as
 * in a paused queue, is not lost, and sending it again changes nothing.
 */
export class OutboxRelay {
  readonly #queue: QueueManager
  readonly #config: QueueConfig['outbox']

  constructor(queue: QueueManager, config: QueueConfig['outbox']) {
    this.#queue = queue
    this.#config = config
  }

  /** Sends what is due. Throws when Postgres or Redis is away; nothing is lost then. */
  async relay(): Promise<void> {
    const since = await this.#queue.keptSince()
    while ((await this.#relayBatch(since)) === this.#config.batch);
  }

  /** Forgets rows whose job finished, or failed for good, long ago. */
  async prune() {
    const { keepFinishedDays, keepFailedDays } = this.#config
    await system.transaction(async (trx) => {
      await trx.rawQuery(`DELETE FROM outbox WHERE finished_at < now() - ? * interval '1 day'`, [
        keepFinishedDays,
      ])
      await trx.rawQuery(`DELETE FROM outbox WHERE failed_at < now() - ? * interval '1 day'`, [
        keepFailedDays,
      ])
      await trx.rawQuery(
        `DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`
      )
    })
  }

  async #relayBatch(since: number): Promise<number> {
    const { lostAfterSeconds, longestLookSeconds, batch } = this.#config
    const looks = [since, lostAfterSeconds, lostAfterSeconds, longestLookSeconds]
    return system.transaction(async (trx) => {
      const { rows } = await trx.rawQuery<{ rows: DueRow[] }>(DUE, [...looks, batch])
      if (rows.length === 0) return 0

      await this.#forgetCompleted(rows.filter((row) => row.dispatched_at))
      await this.#queue.deliver(rows)
      await trx.rawQuery('UPDATE outbox SET dispatched_at = now() WHERE id = ANY(?)', [
        rows.map((row) => row.id),
      ])
      return rows.length
    })
  }

  /**
   * A job finishes its row before Redis calls it completed. When the row is open
   * nevertheless, Postgres was set back to an earlier state: the job has to run
   * again, and its old trace would make adding it a no-op. Waiting, active,
   * delayed and failed jobs stay as they are.
   */
  async #forgetCompleted(rows: DueRow[]) {
    await Promise.all(
      rows.map(async ({ id, queue: name }) => {
        const queue = await this.#queue.open(name)
        if ((await queue.getJobState(id)) === 'completed') await queue.remove(id)
      })
    )
  }
}
