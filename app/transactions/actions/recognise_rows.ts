import type { Client } from 'pg'
import { prepared } from '#core/database/reading_pool'

interface Rows {
  userId: string
  /** What a person deleted comes back. */
  restoreDeleted: boolean
  /** Some rows have a bank id that may be an id of Finora's own. */
  hasOwnIds: boolean
  /** Some transactions of the user's have left an identity behind. */
  hasGone: boolean
}

/** The bank's id, or the fingerprint, is that of a transaction in the ledger: nothing goes before that. */
const IS_LIVE = `EXISTS (
  SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.identity = s.identity
)`

/** What stands for it now; what once stood for it may itself be replaced since. */
const HEIR = `CASE WHEN replaced_by IS NOT NULL THEN (
  WITH RECURSIVE heirs (id) AS (
    SELECT replaced_by
    UNION
    SELECT g.replaced_by FROM heirs h JOIN transaction_tombstones g ON g.user_id = $1 AND g.id = h.id
    WHERE g.replaced_by IS NOT NULL
  )
  SELECT t.id FROM heirs h JOIN transactions t ON t.user_id = $1 AND t.id = h.id LIMIT 1
) END`

/** A row of an export; it may have moved to another account since. */
const OWN = `
  UPDATE staged s SET rule = 'ownId', known_id = own.id
  FROM transactions own
  WHERE own.user_id = $1 AND own.id = s.own_id AND NOT ${IS_LIVE}
`

/** A row of an export that a person deleted since, or replaced. What a reversal took may come back. */
const OWN_GONE = `
  UPDATE staged s
  SET rule = CASE WHEN gone.heir IS NULL THEN 'deleted' ELSE 'ownId' END,
    known_id = coalesce(gone.heir, gone.id)
  FROM (
    SELECT id, ${HEIR} AS heir FROM transaction_tombstones
    WHERE user_id = $1 AND id IN (SELECT own_id FROM staged)
      AND (import_id IS NULL OR identity IS NOT NULL OR replaced_by IS NOT NULL)
  ) AS gone
  WHERE s.own_id = gone.id AND s.rule IS NULL AND (gone.heir IS NOT NULL OR NOT $2) AND NOT ${IS_LIVE}
`

/** What a person deleted is known by its identity; what they called a duplicate, as that. */
const GONE = `
  UPDATE staged s
  SET rule = CASE WHEN gone.heir IS NULL THEN 'deleted' ELSE 'override' END,
    known_id = coalesce(gone.heir, gone.id)
  FROM (
    SELECT DISTINCT ON (identity) identity, id, ${HEIR} AS heir FROM transaction_tombstones
    WHERE user_id = $1 AND identity IS NOT NULL
    ORDER BY identity, removed_in DESC
  ) AS gone
  WHERE s.identity = gone.identity AND s.rule IS NULL AND (gone.heir IS NOT NULL OR NOT $2) AND NOT ${IS_LIVE}
`

/**
 * Marks the staged rows that are duplicates for another reason than an identity
 * in the ledger, which booking finds out by itself.
 */
export class RecogniseRows {
  async handle({ userId, restoreDeleted, hasOwnIds, hasGone }: Rows, connection: Client) {
    if (hasOwnIds) {
      await connection.query(prepared(OWN, [userId]))
      await connection.query(prepared(OWN_GONE, [userId, restoreDeleted]))
    }
    if (hasGone) await connection.query(prepared(GONE, [userId, restoreDeleted]))
  }
}
