import pg from 'pg'

/** A 64-bit integer column does not fit a JSON number exactly. */
export class UnsafeInteger extends Error {
  constructor(text: string) {
    super(`${text} is outside the safe integers (±(2^53−1))`)
  }
}

/**
 * The one place where Postgres types become JavaScript: `bigint` a safe integer
 * or an error, `date` the ten characters `YYYY-MM-DD` (a `Date` would follow
 * the zone of the process), `numeric` stays an exact decimal string.
 */
export function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new UnsafeInteger(text)
  return value
}

pg.types.setTypeParser(pg.types.builtins.INT8, safeInteger)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(1182 as never, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(',')
)
