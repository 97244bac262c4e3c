import { type LedgerOwner, ledgerCache } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'

/** Somebody the user has had transactions with. */
export interface PayeeRow {
  payee: string
  count: number
  lastUsedOn: string
}

interface Request {
  q?: string
  limit: number
  /** The last one of the page before. */
  after: { count: number; payee: string } | null
}

/** The user's payees, those they have most to do with first. */
export class PayeeList {
  async handle(owner: LedgerOwner, request: Request) {
    return ledgerCache.remember(owner, 'transactions:payees', request, 60, () =>
      tenant.read(owner.id, (reader) => this.compute(reader, request))
    )
  }

  /** @returns up to `limit` rows that have `q` anywhere in them, whatever the case */
  async compute(reader: Reader, { q, limit, after }: Request) {
    const values: unknown[] = [q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`]
    const behind =
      after &&
      `HAVING (-count(*), payee) > ($${values.push(-after.count)}::bigint, $${values.push(after.payee)}::text)`
    return reader.query<PayeeRow>(
      `SELECT payee, count(*) AS count, max(booked_on) AS "lastUsedOn" FROM transactions
       WHERE $1::text IS NULL OR payee ILIKE $1
       GROUP BY payee ${behind ?? ''}
       ORDER BY -count(*), payee LIMIT $${values.push(limit)}`,
      values
    )
  }
}
