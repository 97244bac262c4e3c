import type { Reader } from '#core/database/tenant'
import type Proposal from '#transactions/models/proposal'
import {
  TRANSACTION_COLUMNS,
  TRANSACTION_SOURCE,
  type TransactionRow,
} from '#transactions/queries/transaction_rows'

/** A proposal with its two transactions, as far as they are there. */
export interface ProposalRow {
  id: string
  kind: Proposal['kind']
  status: Proposal['status']
  importId: string
  transactionId: string
  transaction: TransactionRow | null
  matchId: string
  match: TransactionRow | null
  daysApart: number
  similarity: number
  createdAt: Date
  updatedAt: Date
  decidedAt: Date | null
}

interface Filters {
  id?: string
  kind?: Proposal['kind']
  status?: Proposal['status']
  importId?: string
}

const CONDITIONS: Record<keyof Filters, string> = {
  id: 'id = ',
  kind: 'kind = ',
  status: 'status = ',
  importId: 'import_id = ',
}

/** What may belong together, newest first. */
export class ProposalList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(
    reader: Reader,
    filters: Filters,
    limit: number,
    before?: string
  ): Promise<ProposalRow[]> {
    const values: unknown[] = [limit]
    const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
      const value = filters[name as keyof Filters]
      return value === undefined ? [] : [`${condition}$${values.push(value)}`]
    })
    if (before) conditions.push(`id < $${values.push(before)}`)
    const page = `
      SELECT * FROM proposals ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
      ORDER BY id DESC LIMIT $1`

    const [proposals, transactions] = await Promise.all([
      reader.query<Omit<ProposalRow, 'transaction' | 'match'>>(
        `SELECT id, kind, status, import_id AS "importId", transaction_id AS "transactionId",
           match_id AS "matchId", days_apart AS "daysApart", similarity, created_at AS "createdAt",
           updated_at AS "updatedAt", decided_at AS "decidedAt"
         FROM (${page}) AS page ORDER BY id DESC`,
        values
      ),
      reader.query<TransactionRow>(
        `SELECT ${TRANSACTION_COLUMNS} FROM ${TRANSACTION_SOURCE}
         WHERE t.id IN (
           SELECT unnest(ARRAY[page.transaction_id, page.match_id]) FROM (${page}) AS page
         )`,
        values
      ),
    ])
    const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]))
    return proposals.map((proposal) => ({
      ...proposal,
      transaction: byId.get(proposal.transactionId) ?? null,
      match: byId.get(proposal.matchId) ?? null,
    }))
  }
}
