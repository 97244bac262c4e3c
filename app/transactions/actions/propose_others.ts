import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { similarityOf } from '#transactions/actions/note_candidates'
import { ProposeTransfers } from '#transactions/actions/propose_transfers'
import { bestPairs } from '#transactions/domain/best_pairs'
import { SIMILAR } from '#transactions/domain/payee_similarity'
import Proposal from '#transactions/models/proposal'
import { RefusedMatches } from '#transactions/queries/refused_matches'
import { TransferPairs } from '#transactions/queries/transfer_pairs'

/** Proposes for the two of a refused proposal what else each of them may belong to. */
export class ProposeOthers {
  async handle(
    { userId, transactionId, matchId }: Pick<Proposal, 'userId' | 'transactionId' | 'matchId'>,
    trx: TransactionClientContract
  ) {
    const free = [transactionId, matchId]
    await this.#duplicates(userId, free, trx)
    const pairs = await new TransferPairs().ofLegs(readerOf(trx), userId, free)
    await new ProposeTransfers().handle(userId, pairs, trx)
  }

  async #duplicates(userId: string, free: string[], trx: TransactionClientContract) {
    const reader = readerOf(trx)
    const found = await new RefusedMatches().handle(reader, userId, free)
    const similar = found
      .map((match) => ({ ...match, similarity: similarityOf(match) }))
      .filter(({ similarity }) => similarity >= SIMILAR)
    for (const match of bestPairs(similar)) {
      const rowNumber = await new RefusedMatches().numberOf(reader, userId, match)
      if (rowNumber === null) continue
      const { one, other, importId, identity, daysApart, similarity } = match
      const sides = { transactionId: one, transactionIdentity: identity, matchId: other }
      const about = { importId, rowNumber, ...sides, matchIdentity: null, daysApart, similarity }
      await Proposal.open(userId, [{ id: randomUUIDv7(), kind: 'duplicate', ...about }], trx)
    }
  }
}
