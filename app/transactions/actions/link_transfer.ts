import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { Conflict } from '#core/http/problem'
import type { default as Proposal, Change } from '#transactions/models/proposal'
import Transaction from '#transactions/models/transaction'
import { changeOf } from '#transactions/queries/changes'

const LINK = `
  UPDATE transactions t
  SET kind = 'transfer', transfer_id = $4, category_id = NULL, updated_at = clock_timestamp()
  FROM transactions old
  WHERE t.user_id = $1 AND t.id IN ($2, $3) AND old.user_id = t.user_id AND old.id = t.id
  RETURNING ${changeOf('old', 't')} AS change
`

/** Makes the two legs of a transfer of what left one account and came onto another. */
export class LinkTransfer {
  async handle(proposal: Proposal, trx: TransactionClientContract) {
    const outgoing = await Transaction.find(proposal.transactionId, { client: trx })
    const incoming = await Transaction.find(proposal.matchId, { client: trx })
    outgoing?.refuseReconciled()
    incoming?.refuseReconciled()
    if (!outgoing || !incoming || !outgoing.mayBeTransferTo(incoming)) {
      throw new Conflict('One of the two has become another transaction since.')
    }

    await proposal.accept({ removed: null }, trx)
    const changes = await readerOf(trx).query<{ change: Change }>(LINK, [
      proposal.userId,
      outgoing.id,
      incoming.id,
      randomUUIDv7(),
    ])
    await proposal.remember(changes, trx)
  }
}
