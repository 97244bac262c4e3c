import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf } from '#core/database/connection_of'
import { prepared } from '#core/database/reading_pool'
import { copyInto, type CopyRow, copyText, copyTexts, NULL } from '#core/database/copy'
import { isRefusal, type Candidate, type Refusal } from '#transactions/domain/import_plan'
import type { VerdictCounts } from '#transactions/models/import'

interface Chunk {
  userId: string
  importId: string
  dryRun: boolean
  /** The lines that `importLines` makes. */
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
    currency char(3), booked_on date, identity uuid, external_id text, payee text,
    bank_payee text, description text, notes text, tags text[], own_id uuid, repeats boolean,
    field text, reason text, raw text
  ) ON COMMIT DROP
`

const BOOKED = `id, account_id, category_id, kind, amount_minor, currency, booked_on, identity,
  external_id, payee, bank_payee, description, notes, tags`

/** The transaction an export was made of, where its id stands for a bank's. */
const OWN = `(
  SELECT o.id FROM transactions o
  WHERE o.user_id = $1 AND o.id = staged.own_id AND o.account_id = staged.account_id
)`

/** Rows the ledger has already, or the file had before, are passed over. */
const BOOK = `
  INSERT INTO transactions (user_id, import_id, ${BOOKED})
  SELECT $1, $2, ${BOOKED} FROM staged
  WHERE id IS NOT NULL AND (own_id IS NULL OR NOT EXISTS ${OWN})
  ON CONFLICT (user_id, identity) WHERE identity IS NOT NULL DO NOTHING
  RETURNING id, identity
`

/** A dry run passes over the same ones. */
const FIND_NEW = `
  SELECT id, identity FROM staged
  WHERE id IS NOT NULL AND NOT repeats AND (own_id IS NULL OR NOT EXISTS ${OWN}) AND NOT EXISTS (
    SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.identity = staged.identity
  )
`

/**
 * The statistics may not know this user yet. Planned for their id, each row
 * could be sought by user alone, through all their rows.
 */
const PLAN_FOR_ANY_USER = 'SET LOCAL plan_cache_mode = force_generic_plan'

/** What was passed over finds the transaction it repeats: an earlier one, or one of these rows. */
const judge = (booked: string, isDry: boolean) => `
  WITH booked AS (${booked}), own AS (
    SELECT number, ${OWN} AS id FROM staged WHERE own_id IS NOT NULL
  ), judged AS (
    INSERT INTO import_rows (user_id, import_id, number, verdict, transaction_id, rule, field, reason, raw)
    SELECT $1, $2, s.number,
      CASE WHEN s.id IS NULL THEN 'rejected' WHEN b.id IS NULL THEN 'duplicate' ELSE 'imported' END,
      CASE WHEN s.id IS NULL THEN NULL WHEN b.id IS NOT NULL THEN ${isDry ? 'NULL' : 'b.id'}
        ELSE coalesce(
          own.id,
          (SELECT t.id FROM transactions t WHERE t.user_id = $1 AND t.identity = s.identity),
          ${isDry ? 'NULL' : '(SELECT twin.id FROM booked twin WHERE twin.identity = s.identity)'}
        ) END,
      CASE WHEN s.id IS NULL OR b.id IS NOT NULL THEN NULL
        WHEN own.id IS NOT NULL THEN 'ownId'
        WHEN s.external_id IS NULL THEN 'fingerprint' ELSE 'externalId' END,
      s.field, s.reason, s.raw
    FROM staged s LEFT JOIN booked b ON b.id = s.id LEFT JOIN own ON own.number = s.number
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
 * for each, inside the caller's transaction.
 */
export class BookImportRows {
  async handle(chunk: Chunk, trx: TransactionClientContract): Promise<VerdictCounts> {
    const connection = await connectionOf(trx)
    await connection.query(STAGE)
    await copyInto('pg_temp.staged', chunk.data, connection)
    await connection.query(PLAN_FOR_ANY_USER)

    const statement = chunk.dryRun ? JUDGE_ONLY : BOOK_AND_JUDGE
    const judged = connection.query<VerdictCounts>(
      prepared(statement, [chunk.userId, chunk.importId])
    )
    chunk.underWay()
    const { rows } = await judged
    return rows[0]
  }
}

/**
 * Rows in COPY's format, made while the rows before them are written.
 *
 * @param seen identities of the rows of a dry run so far, which no table knows
 */
export function importLines(rows: (Candidate | Refusal)[], seen?: Set<string>): CopyRow[] {
  return rows.map((row) => {
    if (isRefusal(row)) return refusedLine(row)
    const repeats = seen?.has(row.identity) ?? false
    seen?.add(row.identity)
    return candidateLine(row, repeats)
  })
}

/** The longest raw text of a row that is kept with its verdict. */
const MOST_RAW = 10_000
const REMARKS = { unknownCategory: `category\tNo category has this name` }
const NO_BOOKING = `${NULL}\t`.repeat(16)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function refusedLine({ number, field, message, raw }: Refusal) {
  return `${number}\t${NO_BOOKING}${field ?? NULL}\t${copyText(message)}\t${copyText(raw.slice(0, MOST_RAW))}`
}

function candidateLine(row: Candidate, repeats: boolean) {
  const { draft } = row
  const kind = draft.amountMinor > 0 ? 'income' : 'expense'
  const { externalId } = draft
  const ownId = externalId !== null && UUID.test(externalId) ? externalId : NULL
  const remark = row.remark === null ? `${NULL}\t${NULL}` : REMARKS[row.remark]
  return (
    `${row.number}\t${randomUUIDv7()}\t${row.accountId}\t${row.categoryId ?? NULL}\t${kind}\t` +
    `${draft.amountMinor}\t${draft.currency}\t${draft.bookedOn}\t${row.identity}\t` +
    `${copyText(externalId)}\t${copyText(row.payee)}\t${copyText(row.bankPayee)}\t` +
    `${copyText(draft.description || null)}\t${copyText(draft.notes || null)}\t` +
    `${copyTexts(row.tags)}\t${ownId}\t${repeats ? 't' : 'f'}\t${remark}\t${NULL}`
  )
}
