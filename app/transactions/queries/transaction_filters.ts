export interface TransactionFilters {
  accountId?: string
  /** `null` asks for what has no category. */
  categoryId?: string | null
  kind?: 'income' | 'expense' | 'transfer'
  from?: string
  to?: string
  minAmount?: number
  maxAmount?: number
  /** Found anywhere in payee, the bank's name for it, description or notes, whatever the case. */
  q?: string
  tag?: string
  importId?: string
}

const CONDITIONS: { [Filter in keyof Required<TransactionFilters>]: string } = {
  accountId: 't.account_id = ?',
  categoryId: `(t.category_id = ? OR EXISTS (
    SELECT 1 FROM transaction_splits s WHERE s.user_id = t.user_id AND s.transaction_id = t.id AND s.category_id = ?
  ))`,
  kind: 't.kind = ?',
  from: 't.booked_on >= ?',
  to: 't.booked_on <= ?',
  minAmount: 't.amount_minor >= ?',
  maxAmount: 't.amount_minor <= ?',
  q: `concat_ws(' ', t.payee, t.bank_payee, t.description, t.notes) ILIKE ?`,
  tag: 't.tags @> ARRAY[?]',
  importId: 't.import_id = ?',
}

const CASTS: Record<string, string> = {
  accountId: '::uuid',
  categoryId: '::uuid',
  importId: '::uuid',
  from: '::date',
  to: '::date',
  minAmount: '::bigint',
  maxAmount: '::bigint',
  tag: '::text',
}

/**
 * The filters as a condition on `t`, in SQL. What it compares with is appended to
 * `values`, which may hold others already.
 */
export function matching(filters: TransactionFilters, values: unknown[]): string {
  const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
    const value = filters[name as keyof TransactionFilters]
    if (value === undefined) return []
    if (value === null) return ['t.category_id IS NULL AND NOT t.is_split']
    values.push(name === 'q' ? `%${String(value).replace(/[\\%_]/g, '\\$&')}%` : value)
    return [condition.replaceAll('?', `$${values.length}${CASTS[name] ?? ''}`)]
  })
  return conditions.length > 0 ? conditions.join(' AND ') : 'true'
}
