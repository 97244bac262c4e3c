import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

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

/**
 * The append-only audit log. Entries of one user form a chain: a trigger puts
 * the hash of the one before into each (database/migrations/0002_create_core).
 */
export const audit = {
  async record(entry: Entry, trx: TransactionClientContract) {
    await this.recordAll([entry], trx)
  },

  /** In one statement; the entries follow each other in the chain as they do here. */
  async recordAll(entries: Entry[], trx: TransactionClientContract) {
    if (entries.length === 0) return
    await trx.insertQuery().table('audit_logs').multiInsert(entries.map(rowOf))
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
