import type { Reader } from '#core/database/tenant'

/**
 * Runs `work` with joins that read each side once. The statistics may know
 * nothing yet of a user's rows; a join planned for one row that meets a hundred
 * thousand would read the other side as often.
 *
 * @param reader of a transaction (`readerOf`)
 */
export async function hashed<T>(reader: Reader, work: () => Promise<T>): Promise<T> {
  await reader.query('SET LOCAL enable_nestloop = off')
  const value = await work()
  await reader.query('SET LOCAL enable_nestloop = on')
  return value
}
