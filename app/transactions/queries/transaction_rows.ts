import type { Reader } from '#core/database/tenant'
import type { RuleField } from '#transactions/domain/payee_rules'

/** A transaction as it is shown: with the name of its category and its splits. */
export interface TransactionRow {
  id: string
  accountId: string
  kind: 'income' | 'expense' | 'transfer'
  amount: number
  currency: string
  bookedOn: string
  payee: string
  bankPayee: string | null
  description: string | null
  categoryId: string | null
  categoryName: string | null
  tags: string[]
  notes: string | null
  splits:
    | {
        categoryId: string | null
        categoryName: string | null
        amount: number
        note: string | null
      }[]
    | null
  transferId: string | null
  importId: string | null
  externalId: string | null
  lockedFields: RuleField[]
  /** What cleared it: a statement that shows it. */
  reconciliationId: string | null
  reconciled: boolean
  createdAt: Date
  updatedAt: Date
}

export const TRANSACTION_COLUMNS = `
  t.id, t.account_id AS "accountId", t.kind, t.amount_minor AS amount, t.currency,
  t.booked_on AS "bookedOn", t.payee, t.bank_payee AS "bankPayee", t.description, t.category_id AS "categoryId",
  c.name AS "categoryName", t.tags, t.notes, t.transfer_id AS "transferId",
  t.import_id AS "importId", t.external_id AS "externalId", t.locked_fields AS "lockedFields",
  t.reconciliation_id AS "reconciliationId", t.reconciled,
  t.created_at AS "createdAt", t.updated_at AS "updatedAt",
  CASE WHEN t.is_split THEN (
    SELECT json_agg(json_build_object(
      'categoryId', s.category_id, 'categoryName', sc.name, 'amount', s.amount_minor, 'note', s.note
    ) ORDER BY s.position)
    FROM transaction_splits s
    LEFT JOIN categories sc ON sc.user_id = s.user_id AND sc.id = s.category_id
    WHERE s.user_id = t.user_id AND s.transaction_id = t.id
  ) END AS splits
`

export const TRANSACTION_SOURCE = `
  transactions t LEFT JOIN categories c ON c.user_id = t.user_id AND c.id = t.category_id
`

/** Transactions by id, in no particular order; ids of others are not found. */
export class TransactionRows {
  async handle(reader: Reader, ids: string[]) {
    return reader.query<TransactionRow>(
      `SELECT ${TRANSACTION_COLUMNS} FROM ${TRANSACTION_SOURCE} WHERE t.id = ANY($1::uuid[])`,
      [ids]
    )
  }
}
