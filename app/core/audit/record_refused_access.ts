import string from '@adonisjs/core/helpers/string'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { COUNTED_ONLY } from '#core/audit/misses'
import { system } from '#core/database/system'

interface Miss {
  user_id: string
  id: string
  method: string
  route: string
  times: number
  request_id: string
  missed_at: Date
}

const BATCH = 5_000

/** Any one of these may have been meant by an id. */
const TABLES = `
  SELECT c.table_name AS name FROM information_schema.columns c
  JOIN information_schema.columns o USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND c.column_name = 'id' AND c.data_type = 'uuid'
    AND o.column_name = 'user_id' AND table_name NOT IN ('misses', 'audit_logs')`

const TAKEN = `
  DELETE FROM misses WHERE (user_id, id, method, route) IN (
    SELECT user_id, id, method, route FROM misses LIMIT ? FOR UPDATE SKIP LOCKED
  ) RETURNING *`

/**
 * Finds out which ids that somebody asked for in vain are another user's, and
 * writes each down in the audit log of whoever asked. Rows are found by id alone,
 * for which no table has an index: one pass over each table for all misses
 * together, far from any request (docs/decisions/0014).
 */
export class RecordRefusedAccess {
  /** @returns how many entries were written */
  async handle(): Promise<number> {
    let recorded = 0
    for (;;) {
      const batch = await system.transaction((trx) => this.#batch(trx))
      recorded += batch.recorded
      if (batch.taken < BATCH) return recorded
    }
  }

  async #batch(trx: TransactionClientContract) {
    const { rows: taken } = await trx.rawQuery<{ rows: Miss[] }>(TAKEN, [BATCH])
    const owners = taken.length > 0 ? await this.#ownersOf(taken, trx) : new Map<string, Owned>()
    const entries = taken.flatMap((miss) => entriesOf(miss, owners.get(miss.id)))
    for (const entry of entries) await audit.record(entry, trx)
    return { taken: taken.length, recorded: entries.length }
  }

  async #ownersOf(taken: Miss[], trx: TransactionClientContract) {
    const ids = [...new Set(taken.map(({ id }) => id))]
    const owners = new Map<string, Owned>()
    const { rows: tables } = await trx.rawQuery<{ rows: { name: string }[] }>(TABLES)
    for (const { name } of tables) {
      const found = await trx.from(name).select('id', 'user_id').whereRaw('id = ANY(?)', [ids])
      for (const row of found) owners.set(row.id, new Owned(name, row.user_id))
    }
    return owners
  }
}

/** What is to be written down of a miss: nothing when its id was nobody's, or their own. */
function entriesOf(miss: Miss, owned?: Owned) {
  const entry = {
    actor: { id: miss.user_id },
    userId: miss.user_id,
    data: {
      method: miss.method,
      route: miss.route,
      times: miss.times,
      lastRequestId: miss.request_id,
      lastAt: miss.missed_at.toISOString(),
    },
  }
  if (miss.id === COUNTED_ONLY) return [{ ...entry, action: 'access.untraced' }]
  if (!owned?.isNot(miss.user_id)) return []

  const subject = { id: miss.id, constructor: { name: owned.type } }
  return [{ ...entry, action: 'access.refused', subject }]
}

/** A row that an id was found to be. */
class Owned {
  readonly type: string

  constructor(
    table: string,
    readonly owner: string
  ) {
    this.type = string.pascalCase(string.singular(table))
  }

  isNot(userId: string) {
    return this.owner !== userId
  }
}
