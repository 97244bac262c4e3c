import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { eventTypeOf } from '#core/activity/event_types'
import PublishActivity from '#core/activity/publish_activity'
import { outbox } from '#core/database/outbox'

/** Who did it: a person (their id) or Finora itself. */
export type Actor = { id: string } | 'system'

interface Entry {
  actor: Actor
  /** `noun.past-participle`, such as `transaction.recorded`. */
  action: string
  /** The record it was done to; its class names its type. */
  subject?: { id: string; constructor: { name: string } }
  /** What a reader needs to understand it. Never personal data or secrets. */
  data?: Record<string, unknown>
  /** Whose chain it belongs to: the owner of the scope `trx` runs in. */
  userId: string
}

interface Recorded {
  user_id: string
  action: string
  position: number | string
}

/**
 * The append-only audit log. Entries of one user form a chain: a trigger puts
 * the hash of the one before into each (database/migrations/0002_create_core).
 * Those that have a public name are told to whoever follows the user's books.
 */
export const audit = {
  async record(entry: Entry, trx: TransactionClientContract) {
    await this.recordAll([entry], trx)
  },

  /** In one statement; the entries follow each other in the chain as they do here. */
  async recordAll(entries: Entry[], trx: TransactionClientContract) {
    if (entries.length === 0) return
    const rows: Recorded[] = await trx
      .insertQuery()
      .table('audit_logs')
      .returning(['user_id', 'action', 'position'])
      .multiInsert(entries.map(rowOf))

    const published = rows.filter(({ action }) => eventTypeOf(action) !== undefined)
    for (const [userId, theirs] of Map.groupBy(published, (row) => row.user_id)) {
      const positions = theirs.map(({ position }) => Number(position))
      const stretch = { userId, first: Math.min(...positions), last: Math.max(...positions) }
      await outbox.enqueue(PublishActivity, stretch, trx)
    }
  },
}

function rowOf({ actor, action, subject, data = {}, userId }: Entry) {
  return {
    user_id: userId,
    id: randomUUIDv7(),
    actor_type: actor === 'system' ? 'system' : 'user',
    actor_id: actor === 'system' ? null : actor.id,
    action,
    subject_type: subject?.constructor.name ?? null,
    subject_id: subject?.id ?? null,
    data,
  }
}
