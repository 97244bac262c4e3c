import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ReconciliationRow } from '#transactions/queries/reconciliation_list'

export const reconciliationSchema = s.resource('Reconciliation', {
  id: s.id(),
  accountId: s.id(),
  status: s.enumOf(['open', 'completed']),
  currency: s.currency(),
  statementDate: s.day(),
  statementBalance: s.minor(),
  clearedBalance: s.minor({
    description: 'The opening balance and every cleared transaction up to the day',
  }),
  difference: s.minor({ description: 'What is missing until it is the balance of the statement' }),
  clearedCount: s.integer({ description: 'Transactions this reconciliation has cleared' }),
  adjustmentId: s.nullable(s.id({ description: 'The transaction that booked the difference' })),
  createdAt: s.instant(),
  completedAt: s.nullable(s.instant()),
})

export default class ReconciliationTransformer extends Transformer<ReconciliationRow> {
  toObject() {
    const row = this.resource
    return {
      id: row.id,
      accountId: row.accountId,
      status: row.status,
      currency: row.currency,
      statementDate: row.statementDate,
      statementBalance: row.statementBalance,
      clearedBalance: row.clearedBalance,
      difference: row.statementBalance - row.clearedBalance,
      clearedCount: row.clearedCount,
      adjustmentId: row.adjustmentId,
      createdAt: row.createdAt.toISOString(),
      completedAt: row.completedAt?.toISOString() ?? null,
    }
  }
}
