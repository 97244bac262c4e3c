import type { Reader } from '#core/database/tenant'
import type { SyncCursor } from '#transactions/domain/sync_cursor'
import CursorExpired from '#transactions/exceptions/cursor_expired'
import {
  TRANSACTION_COLUMNS,
  TRANSACTION_SOURCE,
  type TransactionRow,
} from '#transactions/queries/transaction_rows'

interface Ledger {
  version: number
  horizon: number
}

interface Changed extends TransactionRow {
  version: number
  addedIn: number
}

interface Removed {
  version: number
  id: string
}

const LEDGER = 'SELECT ledger_version AS version, sync_horizon AS horizon FROM users'

const CHANGED = `
  SELECT ${TRANSACTION_COLUMNS}, t.changed_in AS version, t.added_in AS "addedIn"
  FROM ${TRANSACTION_SOURCE} WHERE (t.changed_in, t.id) > ($1::bigint, $2::uuid)
  ORDER BY t.changed_in, t.id LIMIT $3`

/** Those from before a first round are of transactions its client has never seen. */
const REMOVED = `
  SELECT removed_in AS version, id FROM transaction_tombstones
  WHERE (removed_in, id) > ($1::bigint, $2::uuid) AND removed_in > $3::bigint
  ORDER BY removed_in, id LIMIT $4`

/**
 * What happened to a ledger behind a cursor, in the order of its versions. Whoever
 * follows the cursors and forgets what is removed ends with exactly the ledger:
 *
 * - Each id, of a transaction or of its tombstone, has one place, (version, id),
 *   and every change moves it to the version of that change.
 * - `tenant.ledger` takes the next version while it holds the user's row until its
 *   commit. So versions become visible in their order and each as a whole: a
 *   snapshot at version 7 shows all that 1 to 7 did, and what commits later
 *   stands behind every place that anybody was told of.
 * - What changes while a client pages therefore comes again, further on, and
 *   nothing is passed over.
 */
export class LedgerChanges {
  /**
   * Up to `limit` changes, in one snapshot.
   *
   * @throws CursorExpired when changes behind the cursor aren't known any more
   */
  async handle(reader: Reader, cursor: SyncCursor, limit: number) {
    const { version, id, began } = cursor
    const [[ledger], changed, removed] = await Promise.all([
      reader.query<Ledger>(LEDGER),
      reader.query<Changed>(CHANGED, [version, id, limit + 1]),
      began === null ? [] : reader.query<Removed>(REMOVED, [version, id, began, limit + 1]),
    ])
    if (isLost(cursor, ledger)) throw new CursorExpired()

    const all: (Changed | Removed)[] = [...changed, ...removed].sort(byPlace)
    const page = all.slice(0, limit)
    const rows = page.filter(isChanged)
    const hasMore = all.length > limit
    return {
      added: rows.filter(({ addedIn }) => addedIn > cursor.since),
      modified: rows.filter(({ addedIn }) => addedIn <= cursor.since),
      removed: page.filter((each) => !isChanged(each)).map((each) => ({ id: each.id })),
      next: hasMore ? cursor.behind(page.at(-1)!, ledger.version) : cursor.endsAt(ledger.version),
      hasMore,
    }
  }
}

/** Ahead of the ledger is who followed one that a backup has replaced. */
function isLost({ began, version }: SyncCursor, ledger: Ledger) {
  return began !== null && (began < ledger.horizon || Math.max(began, version) > ledger.version)
}

function isChanged(each: Changed | Removed): each is Changed {
  return 'addedIn' in each
}

function byPlace(a: Removed, b: Removed) {
  return a.version - b.version || (a.id < b.id ? -1 : 1)
}
