import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { bestPairs } from '#transactions/domain/best_pairs'
import { payeeSimilarity } from '#transactions/domain/payee_similarity'
import Proposal from '#transactions/models/proposal'
import type { TransferPair } from '#transactions/queries/transfer_pairs'

/** Proposes the best of pairs that may be transfers, each transaction once. */
export class ProposeTransfers {
  async handle(userId: string, pairs: TransferPair[], trx: TransactionClientContract) {
    const ranked = pairs.map((pair) => ({
      ...pair,
      one: pair.outgoingId,
      other: pair.incomingId,
      similarity: namesEachOther(pair),
    }))
    const proposals = bestPairs(ranked).map(({ importId, daysApart, similarity, ...pair }) => ({
      id: randomUUIDv7(),
      importId,
      kind: 'transfer' as const,
      rowNumber: null,
      transactionId: pair.outgoingId,
      transactionIdentity: pair.outgoingIdentity,
      matchId: pair.incomingId,
      matchIdentity: pair.incomingIdentity,
      daysApart,
      similarity,
    }))
    await Proposal.open(userId, proposals, trx)
  }
}

/** The payees of a transfer are alike, or name the other account. */
function namesEachOther(pair: TransferPair) {
  return Math.max(
    payeeSimilarity(pair.outgoingPayee, pair.incomingPayee),
    payeeSimilarity(pair.outgoingPayee, pair.incomingAccount),
    payeeSimilarity(pair.incomingPayee, pair.outgoingAccount)
  )
}
