import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { RULE_FIELDS } from '#transactions/domain/payee_rules'
import type { TransactionRow } from '#transactions/queries/transaction_rows'

export const categoryReference = s.object({ id: s.id(), name: s.text() })

export const transactionSchema = s.resource('Transaction', {
  id: s.id(),
  accountId: s.id(),
  kind: s.enumOf(['income', 'expense', 'transfer']),
  amount: s.minor({ description: 'Negative for an expense, in minor units of the currency' }),
  currency: s.currency(),
  bookedOn: s.day(),
  payee: s.text(),
  bankPayee: s.nullable(s.text({ description: 'What the bank calls the payee, if it is another' })),
  description: s.nullable(s.text()),
  category: s.nullable(categoryReference),
  tags: s.array(s.text()),
  notes: s.nullable(s.text()),
  splits: s.array(
    s.object({
      categoryId: s.nullable(s.id()),
      categoryName: s.nullable(s.text()),
      amount: s.minor(),
      note: s.nullable(s.text()),
    })
  ),
  transferId: s.nullable(s.id({ description: 'Shared by the two legs of a transfer' })),
  importId: s.nullable(s.id()),
  externalId: s.nullable(s.text({ description: "The bank's id, unique within the account" })),
  lockedFields: s.array(s.enumOf(RULE_FIELDS), {
    description: 'What a person has set, and rules leave alone',
  }),
  reconciliationId: s.nullable(s.id({ description: 'The reconciliation that cleared it' })),
  reconciled: s.boolean({
    description: 'That one is completed: account, amount and day stay as they are',
  }),
  createdAt: s.instant(),
  updatedAt: s.instant(),
})

export default class TransactionTransformer extends Transformer<TransactionRow> {
  toObject() {
    const row = this.resource
    return {
      id: row.id,
      accountId: row.accountId,
      kind: row.kind,
      amount: row.amount,
      currency: row.currency,
      bookedOn: row.bookedOn,
      payee: row.payee,
      bankPayee: row.bankPayee,
      description: row.description,
      category: row.categoryId ? { id: row.categoryId, name: row.categoryName! } : null,
      tags: row.tags,
      notes: row.notes,
      splits: row.splits ?? [],
      transferId: row.transferId,
      importId: row.importId,
      externalId: row.externalId,
      lockedFields: row.lockedFields,
      reconciliationId: row.reconciliationId,
      reconciled: row.reconciled,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }
  }
}
