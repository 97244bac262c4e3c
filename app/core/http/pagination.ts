import vine from '@vinejs/vine'
import { ValidationFailed } from '#core/http/problem'
import { uuid } from '#core/http/route_matchers'
import { isDay, queryInteger } from '#core/http/rules'

/** How many rows a page has unless the client says otherwise. */
export const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const MAX_CURSOR_LENGTH = 1_000

/**
 * The query parameters of every list, to be spread into its validator:
 * `vine.create({ ...pageParams(), q: … })`.
 */
export function pageParams() {
  return {
    limit: queryInteger({ min: 1, max: MAX_PAGE_SIZE, default: PAGE_SIZE }).optional(),
    cursor: vine.string().maxLength(MAX_CURSOR_LENGTH).optional(),
  }
}

export type Page<Row> = { data: Row[]; meta: { nextCursor: string | null } }

type KeyType = keyof typeof IS_OF_TYPE
type KeyOf<Types extends Record<string, KeyType>> = {
  [Name in keyof Types]: Types[Name] extends 'integer' ? number : string
}

const IS_OF_TYPE = {
  uuid: (value: unknown) => typeof value === 'string' && uuid.match.test(value),
  day: (value: unknown) => typeof value === 'string' && isDay(value),
  instant: (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/.test(value),
  integer: (value: unknown) => Number.isSafeInteger(value),
  text: (value: unknown) => typeof value === 'string' && !value.includes('\0'),
}

/**
 * Pages by the sort key of the last row instead of counting, so that rows which
 * arrive meanwhile neither repeat nor skip any: `WHERE (booked_on, id) < (…)`.
 *
 * ```ts
 * const newestFirst = new Keyset({ bookedOn: 'day', id: 'uuid' })
 * const after = newestFirst.after(cursor)             // { bookedOn, id } or null
 * return newestFirst.page(rows, limit)                // of limit + 1 rows
 * ```
 */
export class Keyset<const Types extends Record<string, KeyType>> {
  constructor(private types: Types) {}

  /**
   * The key behind which a page begins; null for the first page.
   *
   * @throws ValidationFailed for a cursor that this list didn't make
   */
  after(cursor: string | null | undefined): KeyOf<Types> | null {
    if (cursor === null || cursor === undefined) {
      return null
    }
    const values = decode(cursor)
    const names = Object.entries(this.types)
    if (values.length !== names.length || !names.every(([, t], i) => IS_OF_TYPE[t](values[i]))) {
      throw ValidationFailed.field('cursor', 'cursor', 'The cursor is not one of this list')
    }
    return Object.fromEntries(names.map(([name], i) => [name, values[i]])) as KeyOf<Types>
  }

  /** A page of `limit` rows out of the `limit + 1` that were asked for. */
  page<Row extends KeyOf<Types>>(rows: Row[], limit: number = PAGE_SIZE): Page<Row> {
    const data = rows.slice(0, limit)
    const last = rows.length > limit ? data.at(-1) : undefined
    return { data, meta: { nextCursor: last === undefined ? null : this.cursor(last) } }
  }

  /** The cursor of the page behind a row. */
  cursor(row: KeyOf<Types>): string {
    const values = Object.keys(this.types).map((name) => row[name as keyof Types])
    return Buffer.from(JSON.stringify(values)).toString('base64url')
  }
}

function decode(cursor: string): unknown[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) ? values : []
  } catch {
    return []
  }
}
