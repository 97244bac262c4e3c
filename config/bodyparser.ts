/*
|--------------------------------------------------------------------------
| Request bodies
|--------------------------------------------------------------------------
|
| Finora parses bodies itself (core/http/body): exact numbers, no duplicate
| keys, bounded depth, a size per route. AdonisJS's own parser does none of
| these and is not registered. Sizes are bytes.
|
*/
export const bodies = {
  /** JSON of an ordinary call. */
  json: 256 * 1024,

  /** JSON of a route that says it takes many rows (`/transactions/bulk`). */
  bulk: 2 * 1024 * 1024,

  /** Depth of objects and arrays inside each other. */
  depth: 32,

  /** A file of an import. */
  file: 1024 * 1024 * 1024,

  /** A receipt, a contract, a statement: a file of `/files`. */
  document: 100 * 1024 * 1024,

  /** Text fields beside a file, together. */
  fields: 64 * 1024,
}
