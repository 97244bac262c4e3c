/**
 * What a row can say about a transaction. `direction` is the sign in words
 * (`Af`/`Bij`, `S`/`H`), `payer` whom incoming money is from where a bank keeps
 * both parties apart, `fee` what is charged on top, `status` whether it is booked.
 */
export const ROW_FIELDS = [
  'id',
  'bookedOn',
  'account',
  'payee',
  'payer',
  'description',
  'notes',
  'category',
  'amount',
  'debit',
  'credit',
  'direction',
  'fee',
  'currency',
  'status',
  'tags',
] as const

export type RowField = (typeof ROW_FIELDS)[number]
