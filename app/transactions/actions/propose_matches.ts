import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { ProposeTransfers } from '#transactions/actions/propose_transfers'
import { bestPairs } from '#transactions/domain/best_pairs'
import type Import from '#transactions/models/import'
import Proposal from '#transactions/models/proposal'
import { NotedCandidates } from '#transactions/queries/noted_candidates'
import { TransferPairs } from '#transactions/queries/transfer_pairs'

/**
 * Proposes, when all rows of a file are booked, what the user may have entered by
 * hand before, and then which of the rest are transfers. Nothing is changed by a
 * proposal. Of a dry run the rows say what they match, as the import would.
 */
export class ProposeMatches {
  async handle(record: Import, trx: TransactionClientContract) {
    await this.#duplicates(record, trx)
    if (!record.dryRun) await this.#transfers(record, trx)
  }

  async #duplicates({ userId, id: importId, dryRun }: Import, trx: TransactionClientContract) {
    const reader = readerOf(trx)
    const noted = await new NotedCandidates().handle(reader, { userId, importId })
    if (noted.length === 0) return

    const best = bestPairs(noted)
    await reader.query(
      `UPDATE import_rows r SET match_id = best.id, candidates = NULL
       FROM import_rows kept LEFT JOIN jsonb_to_recordset($3::jsonb) AS best(number integer, id uuid)
         ON best.number = kept.number
       WHERE kept.user_id = $1 AND kept.import_id = $2 AND kept.candidates IS NOT NULL
         AND r.user_id = $1 AND r.import_id = $2 AND r.number = kept.number`,
      [userId, importId, JSON.stringify(best.map(({ one, other }) => ({ number: one, id: other })))]
    )
    if (dryRun) return

    const proposals = best.map(({ one, other, transactionId, identity, ...merit }) => ({
      id: randomUUIDv7(),
      importId,
      kind: 'duplicate' as const,
      rowNumber: one,
      transactionId: transactionId!,
      transactionIdentity: identity,
      matchId: other,
      matchIdentity: null,
      ...merit,
    }))
    await Proposal.open(userId, proposals, trx)
  }

  async #transfers({ userId, id }: Import, trx: TransactionClientContract) {
    const pairs = await new TransferPairs().ofImport(readerOf(trx), userId, id)
    const fresh = pairs.map((pair) => ({ ...pair, importId: id }))
    await new ProposeTransfers().handle(userId, fresh, trx)
  }
}
