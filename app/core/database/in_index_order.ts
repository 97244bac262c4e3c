import type { Reader } from '#core/database/tenant'

const SORTING = `SELECT set_config('enable_sort', $1, true)`

/**
 * Asks for the next rows of a long list, which an index has in their order. What
 * Postgres knows of the average user lets it rather read and sort everything
 * that is left of somebody who has a hundred times as much, for each chunk anew.
 */
export async function inIndexOrder<Row extends object>(
  reader: Reader,
  text: string,
  values: unknown[]
): Promise<Row[]> {
  const [, rows] = await Promise.all([
    reader.query(SORTING, ['off']),
    reader.query<Row>(text, values),
    reader.query(SORTING, ['on']),
  ])
  return rows
}
