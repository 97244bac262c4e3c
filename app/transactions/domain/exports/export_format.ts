/** A transaction as it leaves Finora; `amount` is in minor units. */
export interface ExportedTransaction {
  id: string
  externalId: string | null
  identity: string | null
  accountId: string
  accountName: string
  kind: 'income' | 'expense' | 'transfer'
  bookedOn: string
  payee: string
  description: string | null
  notes: string | null
  categoryName: string | null
  amount: number
  currency: string
  tags: string[]
  splits: { categoryName: string | null; amount: number; note: string | null }[] | null

  /** Where a transfer went to, or came from. */
  transferAccountName: string | null
}

/** An account of which something is exported; `balance` is today's, in minor units. */
export interface ExportedAccount {
  id: string
  name: string
  type: 'checking' | 'savings' | 'cash' | 'credit' | 'loan' | 'investment' | 'other'
  currency: string
  balance: number
  firstDay: string
  lastDay: string
  count: number
}

/**
 * A file that other programs read, as the text of its parts, which are asked for
 * in order and once each. With `beginAccount` it goes account by account, credit
 * cards last and the oldest transactions first; else the newest come first.
 */
export interface ExportFormat<Transaction = ExportedTransaction> {
  begin(): string
  beginAccount?(account: ExportedAccount): string
  rows(transactions: Transaction[]): string
  endAccount?(account: ExportedAccount): string
  end(): string
}
