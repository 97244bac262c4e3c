import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { eventTypeOf, type EventType } from '#core/activity/event_types'
import type { JobClass } from '#core/queue/job'

/** A stretch of a user's audit log, both ends included. */
export interface Stretch {
  userId: string
  first: number
  last: number
}

/** Something that happened to what is a user's. */
export interface ActivityEvent {
  /** That of the entry in the audit log: the same however often the event is told. */
  id: string
  type: EventType
  /** What the audit log calls it: finer than its type. */
  action: string
  /** What it happened to: its class, such as `RuleRun`, and its id. */
  subjectType: string | null
  subjectId: string | null
  /** As the audit log has it: no personal data, no amounts. */
  data: Record<string, unknown>
  occurredAt: Date
}

/** A job that wants to hear. */
export interface Subscriber {
  /** Loads it; its `handle` takes a `Stretch` and reads it by `activity.read`. */
  job: () => Promise<{ default: JobClass }>
  /** The events it hears of; all of them without. */
  to?: readonly EventType[]
  /** Whether the user in whose scope `trx` is has anything that wants to hear; yes without. */
  isWanted?: (trx: TransactionClientContract) => Promise<boolean>
}

interface Row {
  id: string
  action: string
  subject_type: string | null
  subject_id: string | null
  data: Record<string, unknown>
  recorded_at: Date
}

/**
 * What happens to a user's books, for those who follow it. The audit log is its
 * record: an entry that has a public name is an event, told through the outbox,
 * at least once and in no certain order.
 */
class Activity {
  readonly #subscribers = new Set<Subscriber>()

  /** To be called in `start/events.ts` only. Returns how to end it. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  subscribersOf(types: EventType[]): Subscriber[] {
    return [...this.#subscribers].filter(({ to }) => !to || types.some((type) => to.includes(type)))
  }

  /** The events of a stretch, in the scope of its user, in the order they happened in. */
  async read({ userId, first, last }: Stretch, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery<{ rows: Row[] }>(
      `SELECT id, action, subject_type, subject_id, data, recorded_at FROM audit_logs
       WHERE user_id = ? AND position BETWEEN ? AND ? ORDER BY position`,
      [userId, first, last]
    )
    return rows.flatMap((row): ActivityEvent[] => {
      const type = eventTypeOf(row.action)
      if (!type) return []
      const { id, action, subject_type: subjectType, subject_id: subjectId, data } = row
      return [{ id, type, action, subjectType, subjectId, data, occurredAt: row.recorded_at }]
    })
  }
}

export const activity = new Activity()
