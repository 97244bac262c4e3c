import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Transaction from '#transactions/models/transaction'

/** The ids of those transfers among the transactions of which a statement has proven a leg. */
export class ProvenTransfers {
  async handle(transactions: Transaction[], trx: TransactionClientContract) {
    const ids = transactions.flatMap(({ transferId }) => transferId ?? [])
    if (ids.length === 0) return new Set<string | null>()

    const legs = trx.from('transactions').whereIn('transfer_id', ids).where('reconciled', true)
    const proven: { transfer_id: string }[] = await legs.select('transfer_id')
    return new Set<string | null>(proven.map((row) => row.transfer_id))
  }
}
