import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ImportSchema } from '#database/schema'
import type { ImportFailure } from '#transactions/domain/import_failure'
import type { Detection } from '#transactions/domain/statements/detection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type { Statement } from '#transactions/domain/statements/statement_log'

const json = { prepare: (value: unknown) => JSON.stringify(value) }

/** How many rows of a file got which verdict. */
export interface VerdictCounts {
  imported: number
  duplicates: number
  rejected: number
}

/** A file on its way into the ledger, and the account of what became of its rows. */
export default class Import extends ImportSchema {
  static selfAssignPrimaryKey = true

  declare mapping: Mapping | null
  declare detection: Detection | null

  /** What the file says of its statements; complete once it has been read. */
  @column(json)
  declare statements: Statement[]

  declare error: ImportFailure | null

  @beforeCreate()
  static prepare(record: Import) {
    record.id ??= randomUUIDv7()
    record.status ??= 'pending'
  }

  /** The import of this very file that was begun and not finished. */
  static async findUnfinished(
    { accountId, digest, dryRun }: { accountId: string; digest: Buffer; dryRun: boolean },
    trx: TransactionClientContract
  ) {
    return Import.query({ client: trx })
      .where({ account_id: accountId, file_digest: digest, dry_run: dryRun })
      .whereIn('status', ['pending', 'active'])
      .orderBy('id', 'desc')
      .first()
  }

  get isOver() {
    return ['completed', 'failed', 'reverted'].includes(this.status)
  }

  /** Two files that make accounts by name would make each twice: one reads at a time. */
  async mustWait(trx: TransactionClientContract) {
    if (!this.mapping?.createMissing) return false
    await trx.rawQuery('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [this.userId])
    const other = await trx
      .from('imports')
      .where('status', 'active')
      .whereNot('id', this.id)
      .whereRaw(`mapping @> '{"createMissing": true}'`)
      .first()
    return other !== null && other !== undefined
  }

  /** Rows are being read from now on; a resumed import goes on where it was. */
  async start(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE imports SET status = 'active', started_at = coalesce(started_at, now()) WHERE id = ?`,
      [this.id]
    )
  }

  /**
   * Notes rows as done, in the transaction that books them. Answers false when
   * another worker has done them meanwhile: then nothing may be booked.
   *
   * @param from how many rows were done before these
   */
  async advance(
    {
      from,
      rows,
      bytes,
      counts,
    }: { from: number; rows: number; bytes: number; counts: VerdictCounts },
    trx: TransactionClientContract
  ) {
    const { rowCount } = await trx.rawQuery(
      `UPDATE imports SET processed_rows = ?, processed_bytes = ?, imported_rows = imported_rows + ?,
         duplicate_rows = duplicate_rows + ?, rejected_rows = rejected_rows + ?
       WHERE id = ? AND status = 'active' AND processed_rows = ?`,
      [from + rows, bytes, counts.imported, counts.duplicates, counts.rejected, this.id, from]
    )
    return rowCount === 1
  }

  async complete(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE imports SET status = 'completed', total_rows = processed_rows, processed_bytes = file_size,
         statements = ?, finished_at = now() WHERE id = ? AND status = 'active'`,
      [JSON.stringify(this.statements), this.id]
    )
  }

  async fail(failure: ImportFailure, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE imports SET status = 'failed', error = ?, finished_at = now() WHERE id = ?`,
      [JSON.stringify(failure), this.id]
    )
  }

  /** Takes back every transaction it created. */
  async revert(trx: TransactionClientContract) {
    await trx.from('transactions').where('import_id', this.id).delete()
    await trx.rawQuery(`UPDATE imports SET status = 'reverted', finished_at = now() WHERE id = ?`, [
      this.id,
    ])
  }
}
