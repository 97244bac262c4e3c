import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ProposalSchema } from '#database/schema'
import { readerOf } from '#core/database/connection_of'
import { Conflict } from '#core/http/problem'

/** What an acceptance changed of one transaction, by column. */
export interface Change {
  id: string
  before: Record<string, unknown>
  after: Record<string, unknown>
}

type NewProposal = Pick<
  Proposal,
  | 'id'
  | 'importId'
  | 'kind'
  | 'rowNumber'
  | 'transactionId'
  | 'transactionIdentity'
  | 'matchId'
  | 'matchIdentity'
  | 'daysApart'
  | 'similarity'
>

/**
 * A question to the user: are these two the same transaction, or the two legs of
 * a transfer? A trigger closes it when one of them goes or becomes another.
 */
export default class Proposal extends ProposalSchema {
  static selfAssignPrimaryKey = true

  declare changes: Change[] | null

  static async open(userId: string, proposals: NewProposal[], trx: TransactionClientContract) {
    if (proposals.length === 0) return
    await readerOf(trx).query(
      `INSERT INTO proposals (user_id, import_id, id, kind, row_number, transaction_id,
         transaction_identity, match_id, match_identity, days_apart, similarity)
       SELECT $1, p.* FROM jsonb_to_recordset($2::jsonb) AS p(
         "importId" uuid, "id" uuid, "kind" text, "rowNumber" integer, "transactionId" uuid, "transactionIdentity" uuid,
         "matchId" uuid, "matchIdentity" uuid, "daysApart" smallint, "similarity" smallint)`,
      [userId, JSON.stringify(proposals)]
    )
  }

  static async lock(id: string, trx: TransactionClientContract): Promise<Proposal> {
    return this.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
  }

  /** Throws `Conflict` unless the question is still open. */
  requireOpen() {
    if (this.status !== 'open') throw new Conflict(`The proposal is ${this.status}.`)
  }

  /** From here on it isn't closed by what the acceptance does to the two. */
  async accept({ removed }: { removed: object | null }, trx: TransactionClientContract) {
    await this.#decide(
      'accepted',
      { changes: '[]', removed: removed && JSON.stringify(removed) },
      trx
    )
  }

  /** Keeps what the acceptance changed. */
  async remember(changes: { change: Change }[], trx: TransactionClientContract) {
    const kept = JSON.stringify(changes.map(({ change }) => change))
    await trx.from('proposals').where('id', this.id).update({ changes: kept })
  }

  async refuse(trx: TransactionClientContract) {
    await this.#decide('refused', {}, trx)
  }

  async close(trx: TransactionClientContract) {
    await this.#decide('closed', { changes: null, removed: null }, trx)
  }

  /** Open again, unless one of the two is gone, is another by now or is asked about elsewhere. */
  async reopen(trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      `UPDATE proposals p SET status = 'open', changes = NULL, removed = NULL, decided_at = NULL,
         updated_at = clock_timestamp()
       WHERE p.id = :id AND NOT EXISTS (
         SELECT 1 FROM proposals o
         WHERE o.status = 'open' AND ARRAY[o.transaction_id, o.match_id] && ARRAY[p.transaction_id, p.match_id]
       ) AND EXISTS (
         SELECT 1 FROM transactions one JOIN transactions other ON other.id = p.match_id
         WHERE one.id = p.transaction_id AND (p.kind = 'transfer'
           OR (one.account_id, one.amount_minor) = (other.account_id, other.amount_minor))
       )`,
      { id: this.id }
    )
    if (rowCount === 0) await this.close(trx)
  }

  async #decide(status: Proposal['status'], kept: object, trx: TransactionClientContract) {
    const now = trx.raw('clock_timestamp()')
    await trx
      .from('proposals')
      .where('id', this.id)
      .update({ status, decided_at: now, updated_at: now, ...kept })
  }
}
