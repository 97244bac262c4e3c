import { inIndexOrder } from '#core/database/in_index_order'
import type { Reader } from '#core/database/tenant'
import type { HistoryRow } from '#transactions/domain/rule_change'

/** Which part of the history; all of it unless said. What is reconciled is none of the rules' business. */
export interface HistoryScope {
  accountId?: string | null
  from?: string | null
  to?: string | null
  /** The version of the ledger; what was booked later doesn't belong to it. */
  asOf?: number
}

export interface Position {
  bookedOn: string
  id: string
}

const CONDITIONS: Record<keyof HistoryScope, string> = {
  accountId: 't.account_id = ?::uuid',
  from: 't.booked_on >= ?::date',
  to: 't.booked_on <= ?::date',
  asOf: 't.added_in <= ?::bigint',
}

const COLUMNS = `t.id, t.account_id AS "accountId", t.kind, t.is_split AS "isSplit",
  t.amount_minor AS amount, t.currency, t.booked_on AS "bookedOn", t.payee,
  t.bank_payee AS "bankPayee", t.description, t.notes, t.category_id AS "categoryId", t.tags,
  t.locked_fields AS "lockedFields"`

/** In the order of their ids, which nobody changes: what is booked or moved meanwhile is in nobody's way. */
export class HistoryChunk {
  /** @param after the last id of the chunk before; returns up to `limit` rows */
  async handle(reader: Reader, scope: HistoryScope, limit: number, after: string | null) {
    const { conditions, values } = within(scope)
    if (after) conditions.push(`t.id > $${values.push(after)}::uuid`)
    return inIndexOrder<HistoryRow>(
      reader,
      `SELECT ${COLUMNS} FROM transactions t WHERE ${conditions.join(' AND ')}
       ORDER BY t.id LIMIT $${values.push(limit)}`,
      values
    )
  }
}

/** A transaction of the history as a person knows it. */
export type DatedRow = HistoryRow & Position & { currency: string }

/** Newest first by day, then id, as transactions are listed. */
export class NewestHistory {
  /** @param after the last one of the page before; returns up to `limit` rows */
  async handle(reader: Reader, scope: HistoryScope, limit: number, after: Position | null) {
    const { conditions, values } = within(scope)
    if (after) {
      const key = `$${values.push(after.bookedOn)}::date, $${values.push(after.id)}::uuid`
      conditions.push(`(t.booked_on, t.id) < (${key})`)
    }
    return inIndexOrder<DatedRow>(
      reader,
      `SELECT ${COLUMNS} FROM transactions t WHERE ${conditions.join(' AND ')}
       ORDER BY t.booked_on DESC, t.id DESC LIMIT $${values.push(limit)}`,
      values
    )
  }
}

/** How many transactions there are, and the version of the ledger that is being written. */
export class HistorySize {
  async handle(reader: Reader, scope: HistoryScope) {
    const { conditions, values } = within(scope)
    const [size] = await reader.query<{ asOf: number; rows: number }>(
      `SELECT current_setting('finora.ledger_version')::bigint AS "asOf", count(*) AS rows
       FROM transactions t WHERE ${conditions.join(' AND ')}`,
      values
    )
    return size
  }
}

function within(scope: HistoryScope) {
  const values: unknown[] = []
  const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
    const value = scope[name as keyof HistoryScope] ?? null
    return value === null ? [] : condition.replace('?', `$${values.push(value)}`)
  })
  return { conditions: ['NOT t.reconciled', ...conditions], values }
}
