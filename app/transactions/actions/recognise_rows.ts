import type { Client } from 'pg'
import { prepared } from '#core/database/reading_pool'
import { REFUSALS } from '#transactions/domain/import_plan'

interface Rows {
  userId: string
  importId: string
  /** What a person deleted comes back. */
  restoreDeleted: boolean
  /** Some rows have a bank id that may be an id of Finora's own. */
  hasOwnIds: boolean
  /** Some rows may be known by something else than their identity. */
  hasAliases: boolean
  /** The user has transactions that this import didn't book. */
  hasOthers: boolean
  /** Some transactions of the user's have left an identity behind. */
  hasGone: boolean
}

/** The bank's id, or the fingerprint, is that of a transaction in the ledger: nothing goes before that. */
const IS_LIVE = `EXISTS (
  SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.identity = s.identity
)`

const RULE_BY_ID = `CASE WHEN s.external_id IS NULL THEN 'fingerprint' ELSE 'externalId' END`

const occurrenceOf = (identity: string) => `('x' || right(${identity}, 6))::bit(24)::integer`

/** What the row was in the file that a transaction came with, however that was changed since. */
const sameRaw = (known: string) => `EXISTS (
  SELECT 1 FROM import_rows r
  WHERE r.user_id = $1 AND r.import_id = ${known}.import_id AND r.transaction_id = ${known}.id AND r.raw = s.raw
)`

/** Its identity is another one of the row's: it was read in another way, or by an older Finora. */
const ALIAS = `
  UPDATE staged s SET rule = ${RULE_BY_ID}, known_id = known.id
  FROM (
    SELECT o.number, t.id FROM staged o CROSS JOIN unnest(o.aliases) AS alias
    JOIN transactions t ON t.user_id = $1 AND t.identity = alias
    WHERE o.rule IS NULL AND t.import_id IS DISTINCT FROM $2
      AND NOT EXISTS (SELECT 1 FROM staged other WHERE other.identity = alias AND other.number <> o.number)
  ) AS known
  WHERE known.number = s.number AND NOT ${IS_LIVE}
`

/** Its id is the row's, and so are day and amount, or all of its text in the file it came with. */
const DOUBTFUL = `
  UPDATE staged s SET rule = 'externalId', known_id = t.id
  FROM transactions t
  WHERE t.user_id = $1 AND t.identity = s.doubtful AND s.rule IS NULL
    AND t.import_id IS DISTINCT FROM $2 AND NOT ${IS_LIVE}
    AND (
      t.booked_on = s.booked_on AND t.amount_minor = s.amount_minor
        AND (NOT s.by_payee OR coalesce(t.bank_payee, t.payee) = coalesce(s.bank_payee, s.payee))
      OR t.import_id IS NULL AND NOT s.by_payee
      OR t.updated_at <> t.created_at AND ${sameRaw('t')}
    )
`

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
  WHERE own.user_id = $1 AND own.id = s.own_id
    AND (s.external_id IS NULL OR s.is_stray OR NOT ${IS_LIVE})
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

/**
 * What is left of an export are equal rows that no longer name a transaction: they are the
 * first, second… again, without those among them that do, and without the places that those
 * have or had.
 */
const COUNT_ANEW = `
  WITH plain AS (
    SELECT number, rule, known_id, replace(identity::text, '-', '') AS identity FROM staged
    WHERE own_id IS NOT NULL AND external_id IS NULL
  ), alike AS (
    SELECT number, rule, known_id, left(identity, 26) AS stem, ${occurrenceOf('identity')}
      - count(rule) OVER (PARTITION BY left(identity, 26) ORDER BY number) AS place,
      count(rule) OVER (PARTITION BY left(identity, 26)) AS known,
      count(*) OVER (PARTITION BY left(identity, 26)) AS all_alike
    FROM plain
  ), taken AS (
    SELECT DISTINCT stem, ${occurrenceOf('identity')} AS occurrence FROM (
      SELECT stem, replace(coalesce(
        (SELECT t.identity FROM transactions t WHERE t.user_id = $1 AND t.id = known_id),
        (SELECT g.identity FROM transaction_tombstones g WHERE g.user_id = $1 AND g.id = known_id)
      )::text, '-', '') AS identity
      FROM alike WHERE rule IS NOT NULL AND known < all_alike
    ) AS named WHERE left(identity, 26) = stem
  ), free AS (
    SELECT stem, occurrence, row_number() OVER (PARTITION BY stem ORDER BY occurrence) AS place
    FROM (
      SELECT mixed.stem, occurrence::integer FROM (
        SELECT stem, max(place + known) AS last FROM alike WHERE known BETWEEN 1 AND all_alike - 1
        GROUP BY stem
      ) AS mixed CROSS JOIN generate_series(1, mixed.last) AS occurrence
      EXCEPT SELECT stem, occurrence FROM taken
    ) AS places
  )
  UPDATE staged s SET identity = (own.stem || lpad(to_hex(free.occurrence), 6, '0'))::uuid
  FROM alike own JOIN free ON free.stem = own.stem AND free.place = own.place
  WHERE own.number = s.number AND own.rule IS NULL
`

/** A row of an export whose account has another name by now, and which a reversal took. */
const STRAY = `
  UPDATE staged s SET id = NULL, field = 'account', reason = $2
  FROM transaction_tombstones gone
  WHERE gone.user_id = $1 AND gone.id = s.own_id AND s.is_stray AND s.rule IS NULL
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

/** The same of what is known by an alias, or was this very row of a file. */
const GONE_ALIAS = `
  UPDATE staged s
  SET rule = CASE WHEN gone.heir IS NULL THEN 'deleted' ELSE 'override' END,
    known_id = coalesce(gone.heir, gone.id)
  FROM (
    SELECT identity, id, import_id, ${HEIR} AS heir FROM transaction_tombstones
    WHERE user_id = $1 AND identity IS NOT NULL
  ) AS gone
  WHERE (gone.identity = ANY (s.aliases) OR gone.identity = s.doubtful AND ${sameRaw('gone')})
    AND s.rule IS NULL AND (gone.heir IS NOT NULL OR NOT $2) AND NOT ${IS_LIVE}
`

/**
 * Marks the staged rows that are duplicates for another reason than an identity
 * in the ledger, which booking finds out by itself.
 */
export class RecogniseRows {
  async handle(
    { userId, importId, restoreDeleted, hasOwnIds, hasAliases, hasOthers, hasGone }: Rows,
    connection: Client
  ) {
    if (hasOwnIds) {
      await connection.query(prepared(OWN, [userId]))
      await connection.query(prepared(OWN_GONE, [userId, restoreDeleted]))
      await connection.query(prepared(COUNT_ANEW, [userId]))
      await connection.query(prepared(STRAY, [userId, REFUSALS.unknownAccount]))
    }
    if (hasAliases && hasOthers) {
      await connection.query(prepared(ALIAS, [userId, importId]))
      await connection.query(prepared(DOUBTFUL, [userId, importId]))
    }
    if (hasGone) await connection.query(prepared(GONE, [userId, restoreDeleted]))
    if (hasGone && hasAliases) {
      await connection.query(prepared(GONE_ALIAS, [userId, restoreDeleted]))
    }
  }
}
