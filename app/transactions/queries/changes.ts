/** What an acceptance may change of a transaction. */
export const CHANGEABLE = [
  'kind',
  'transfer_id',
  'category_id',
  'identity',
  'external_id',
  'booked_on',
  'updated_at',
] as const

/** A `Change` of one transaction, as JSON, out of two rows of one statement. */
export function changeOf(old: string, now: string) {
  return `jsonb_build_object('id', ${now}.id, 'before', ${imageOf(old)}, 'after', ${imageOf(now)})`
}

function imageOf(row: string) {
  return `jsonb_build_object(${CHANGEABLE.map((column) => `'${column}', ${row}.${column}`).join(', ')})`
}
