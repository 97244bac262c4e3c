import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type { Reader } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import { identitiesAlike, nextIdentity } from '#transactions/domain/identity'
import type Import from '#transactions/models/import'
import type { JudgedRow, Override } from '#transactions/queries/judged_rows'

/** As far as it is looked at, what was booked of a row and goes. */
interface Removed {
  kind: string
  is_split: boolean
}

/**
 * Does what a person says of one row of an import: a duplicate is booked after
 * all, or what was booked goes because another transaction stands for it. Either
 * way the row is known from then on when it comes again.
 */
export class ApplyOverride {
  async handle(record: Import, row: JudgedRow, override: Override, trx: TransactionClientContract) {
    if (row.rule === 'merged') {
      throw new Conflict('The row was merged by a proposal: delete its acceptance instead.')
    }
    const reader = readerOf(trx)
    if (override.verdict === 'duplicate') await this.#replace(record, row, override, reader)
    else if (row.verdict === 'duplicate') await this.#book(record, row, reader)
    await record.recount(row.verdict, override.verdict, trx)
  }

  async #book({ userId, id: importId }: Import, row: JudgedRow, reader: Reader) {
    const { booking } = row
    if (!booking) throw new Conflict('Nothing is kept of the row that could be booked.')

    const identity = await this.#freeIdentity(userId, booking.identity, reader)
    await reader.query(BOOK, [userId, importId, JSON.stringify(booking), identity])
    await reader.query(`DELETE FROM transaction_tombstones WHERE user_id = $1 AND id = $2`, [
      userId,
      booking.id,
    ])
    await reader.query(
      `UPDATE import_rows SET verdict = 'imported', rule = 'override', transaction_id = $4, booking = NULL
       WHERE user_id = $1 AND import_id = $2 AND number = $3`,
      [userId, importId, row.number, booking.id]
    )
  }

  async #replace(
    { userId, id: importId }: Import,
    { number, verdict, transactionId }: JudgedRow,
    override: Override,
    reader: Reader
  ) {
    const image = verdict === 'imported' ? await this.#remove(userId, transactionId!, reader) : null
    if (verdict === 'imported') {
      await reader.query(
        `UPDATE transaction_tombstones SET replaced_by = $3 WHERE user_id = $1 AND id = $2`,
        [userId, transactionId, override.transactionId]
      )
    }
    await reader.query(
      `UPDATE import_rows
       SET verdict = 'duplicate', rule = 'override', transaction_id = $4, booking = coalesce($5::jsonb, booking)
       WHERE user_id = $1 AND import_id = $2 AND number = $3`,
      [userId, importId, number, override.transactionId, image && JSON.stringify(image)]
    )
  }

  /** Nothing, when a person deleted it already. */
  async #remove(userId: string, id: string, reader: Reader) {
    const [removed] = await reader.query<{ image: Removed }>(REMOVE, [userId, id])
    if (removed?.image.kind === 'transfer') {
      throw new Conflict('The transaction is one side of a transfer.')
    }
    if (removed?.image.is_split)
      throw new Conflict('The transaction is split: remove the splits first.')
    return removed?.image ?? null
  }

  /** Its own, unless a transaction has it or had it. */
  async #freeIdentity(userId: string, identity: string, reader: Reader) {
    const { first, last } = identitiesAlike(identity)
    const alike = await reader.query<{ identity: string; isLive: boolean }>(
      `SELECT identity, true AS "isLive" FROM transactions
       WHERE user_id = $1 AND identity BETWEEN $2 AND $3
       UNION ALL
       SELECT identity, false FROM transaction_tombstones
       WHERE user_id = $1 AND identity BETWEEN $2 AND $3`,
      [userId, first, last]
    )
    const isTaken = alike.some((other) => other.isLive && other.identity === identity)
    return isTaken
      ? nextIdentity(
          identity,
          alike.map((other) => other.identity)
        )
      : identity
  }
}

/** The bank's id stays with the transaction that has it; a category may be gone by now. */
const BOOK = `
  INSERT INTO transactions (user_id, import_id, id, account_id, category_id, kind, amount_minor, currency,
    booked_on, identity, external_id, payee, bank_payee, description, notes, tags, locked_fields)
  SELECT $1, $2, b.id, b.account_id,
    (SELECT c.id FROM categories c WHERE c.user_id = $1 AND c.id = b.category_id), b.kind, b.amount_minor,
    b.currency, b.booked_on, $4::uuid, CASE WHEN b.identity = $4::uuid THEN b.external_id END, b.payee,
    b.bank_payee, b.description, b.notes, b.tags, coalesce(b.locked_fields, '{}')
  FROM jsonb_populate_record(NULL::transactions, $3::jsonb) AS b
`

const REMOVE = `
  DELETE FROM transactions t WHERE t.user_id = $1 AND t.id = $2 RETURNING to_jsonb(t) AS image
`
