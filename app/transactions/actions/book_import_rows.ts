import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf, readerOf } from '#core/database/connection_of'
import { prepared } from '#core/database/reading_pool'
import { copyInto } from '#core/database/copy'
import { NoteCandidates } from '#transactions/actions/note_candidates'
import { RecogniseRows } from '#transactions/actions/recognise_rows'
import { type Days, STAGED_COLUMNS } from '#transactions/domain/staged_lines'
import type { VerdictCounts } from '#transactions/models/import'
import { ImportNeighbours } from '#transactions/queries/import_neighbours'

interface Chunk {
  userId: string
  importId: string
  dryRun: boolean
  restoreDeleted: boolean
  hasOwnIds: boolean
  /** Some rows may be known by something else than their identity. */
  hasAliases: boolean
  /** The days of its rows; none when all are rejected. */
  days: Days | null
  /** The lines that `stagedLines` makes. */
  data: Buffer
  /** Called when all that is left is to wait for Postgres. */
  underWay: () => void
}

/**
 * The rows of a chunk on their way; those without an id are rejected. COPY
 * reaches no table under row-level security, so it ends here.
 */
const STAGE = `
  CREATE TEMPORARY TABLE staged (
    number integer, id uuid, account_id uuid, category_id uuid, kind text, amount_minor bigint,
    currency char(3), booked_on date, identity uuid, aliases uuid[], doubtful uuid, by_payee boolean,
    external_id text, own_id uuid, payee text, bank_payee text, description text, notes text, tags text[], repeats boolean, field text,
    reason text, raw text, is_stray boolean, rule text, known_id uuid
  ) ON COMMIT DROP
`

/** What a row fills of a transaction. */
const BOOKED = `id, account_id, category_id, kind, amount_minor, currency, booked_on, identity,
  external_id, payee, bank_payee, description, notes, tags`

/** Rows the ledger has already, or the file had before, are passed over. */
const BOOK = `
  INSERT INTO transactions (user_id, import_id, ${BOOKED})
  SELECT $1, $2, ${BOOKED} FROM staged WHERE id IS NOT NULL AND rule IS NULL
  ON CONFLICT (user_id, identity) WHERE identity IS NOT NULL DO NOTHING
  RETURNING id, identity
`

/** A dry run passes over the same ones. */
const FIND_NEW = `
  SELECT id, identity FROM staged
  WHERE id IS NOT NULL AND rule IS NULL AND NOT repeats AND NOT EXISTS (
    SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.identity = staged.identity
  )
`

/** What an override needs to book a duplicate after all. */
const BOOKING = `jsonb_build_object(${BOOKED.split(/,\s*/)
  .map((column) => `'${column}', s.${column}`)
  .join(', ')})`

/**
 * The statistics may not know this user yet. Planned for their id, each row
 * could be sought by user alone, through all their rows.
 */
const PLAN_FOR_ANY_USER = 'SET LOCAL plan_cache_mode = force_generic_plan'

/**
 * What was passed over finds the transaction it repeats: an earlier one, or one of these
 * rows. Identities are met by one hash join: a search for each would read all of the chunk.
 */
const judge = (booked: string, isDry: boolean) => `
  WITH booked AS (${booked}), judged AS (
    INSERT INTO import_rows (user_id, import_id, number, verdict, transaction_id, rule, field, reason, raw, booking)
    SELECT $1, $2, s.number,
      CASE WHEN s.id IS NULL THEN 'rejected' WHEN b.id = s.id THEN 'imported' ELSE 'duplicate' END,
      CASE WHEN s.id IS NULL THEN NULL WHEN b.id = s.id THEN ${isDry ? 'NULL' : 'b.id'}
        ELSE coalesce(s.known_id,
          (SELECT t.id FROM transactions t WHERE t.user_id = $1 AND t.identity = s.identity),
          ${isDry ? 'NULL' : 'b.id'}
        ) END,
      CASE WHEN s.id IS NULL OR b.id = s.id THEN NULL
        ELSE coalesce(s.rule, CASE WHEN s.external_id IS NULL THEN 'fingerprint' ELSE 'externalId' END) END,
      s.field, s.reason, s.raw,
      ${isDry ? 'NULL' : `CASE WHEN s.id IS NOT NULL AND b.id IS DISTINCT FROM s.id THEN ${BOOKING} END`}
    FROM staged s LEFT JOIN booked b ON b.identity = s.identity
    RETURNING verdict
  )
  SELECT count(*) FILTER (WHERE verdict = 'imported') AS imported,
    count(*) FILTER (WHERE verdict = 'duplicate') AS duplicates,
    count(*) FILTER (WHERE verdict = 'rejected') AS rejected
  FROM judged
`
const BOOK_AND_JUDGE = judge(BOOK, false)
const JUDGE_ONLY = judge(FIND_NEW, true)

/**
 * Books the rows of a file that aren't in the ledger yet and leaves a verdict
 * for each, and what it resembles, inside the caller's transaction.
 */
export class BookImportRows {
  async handle(chunk: Chunk, trx: TransactionClientContract): Promise<VerdictCounts> {
    const { userId, importId, days } = chunk
    const connection = await connectionOf(trx)
    await connection.query(STAGE)
    await copyInto(`pg_temp.staged (${STAGED_COLUMNS})`, chunk.data, connection)
    await connection.query(PLAN_FOR_ANY_USER)
    const neighbours = await new ImportNeighbours().handle(readerOf(trx), chunk)
    await new RecogniseRows().handle({ ...chunk, ...neighbours }, connection)

    const statement = chunk.dryRun ? JUDGE_ONLY : BOOK_AND_JUDGE
    const judged = connection.query<VerdictCounts>(prepared(statement, [userId, importId]))
    chunk.underWay()
    const { rows } = await judged
    if (neighbours.hasByHand && days)
      await new NoteCandidates().handle({ userId, importId, days }, trx)
    return rows[0]
  }
}
