import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ImportSchema } from '#database/schema'
import { Conflict } from '#core/http/problem'
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

export type Verdict = 'imported' | 'duplicate' | 'rejected'

const COUNTERS: Record<Verdict, string> = {
  imported: 'imported_rows',
  duplicate: 'duplicate_rows',
  rejected: 'rejected_rows',
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
  declare reversalError: ImportFailure | null

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

  static async lock(id: string, trx: TransactionClientContract): Promise<Import> {
    return this.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
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
   * Keeps other workers off until the transaction that books the rows from here on
   * is over. Answers false when another has done them already.
   *
   * @param from how many rows were done before
   */
  async claim(from: number, trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      `SELECT FROM imports WHERE id = ? AND status = 'active' AND processed_rows = ? FOR NO KEY UPDATE`,
      [this.id, from]
    )
    return rowCount === 1
  }

  /**
   * Notes rows as done, in the transaction that has claimed and booked them.
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
    await trx.rawQuery(
      `UPDATE imports SET processed_rows = ?, processed_bytes = ?, imported_rows = imported_rows + ?,
         duplicate_rows = duplicate_rows + ?, rejected_rows = rejected_rows + ?
       WHERE id = ?`,
      [from + rows, bytes, counts.imported, counts.duplicates, counts.rejected, this.id]
    )
  }

  /** Follows a row that got another verdict. */
  async recount(from: Verdict, to: Verdict, trx: TransactionClientContract) {
    if (from === to) return
    const [less, more] = [COUNTERS[from], COUNTERS[to]]
    await trx.rawQuery(
      `UPDATE imports SET ${less} = ${less} - 1, ${more} = ${more} + 1 WHERE id = ?`,
      [this.id]
    )
  }

  /** Answers false when another worker was first. */
  async complete(trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      `UPDATE imports SET status = 'completed', total_rows = processed_rows, processed_bytes = file_size,
         statements = ?, finished_at = now() WHERE id = ? AND status = 'active'`,
      [JSON.stringify(this.statements), this.id]
    )
    return rowCount === 1
  }

  /** What was booked stays. Answers false when another worker was first. */
  async fail(failure: ImportFailure, trx: TransactionClientContract) {
    const { rowCount } = await trx.rawQuery(
      `UPDATE imports SET status = 'failed', error = ?, finished_at = now()
       WHERE id = ? AND status IN ('pending', 'active')`,
      [JSON.stringify(failure), this.id]
    )
    return rowCount === 1
  }

  /** Notes why the reversal that was asked for has not happened, or that nothing is known against it. */
  async noteReversal(error: ImportFailure | null, trx: TransactionClientContract) {
    const noted = error && JSON.stringify(error)
    await trx.from('imports').where('id', this.id).update({ reversal_error: noted })
    this.reversalError = error
  }

  /** Notes who took it back; `UndoImport` does it. */
  async revert(actorId: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE imports SET status = 'reverted', reverted_at = now(), reverted_by = ?,
         reversal_error = NULL WHERE id = ?`,
      [actorId, this.id]
    )
  }

  /** Throws `Conflict` unless its rows are there and a person may still say what they are. */
  async requireReviewable(trx: TransactionClientContract) {
    if (!this.isOver) throw new Conflict('The import is still being read.')
    if (this.status === 'reverted') throw new Conflict('The import was taken back.')
    if (await this.confirmation(trx)) throw new Conflict('The dry run is confirmed already.')
  }

  /** The import that a confirmation of this dry run started. */
  async confirmation(trx: TransactionClientContract): Promise<Import | null> {
    return this.dryRun ? Import.findBy('dryRunId', this.id, { client: trx }) : null
  }

  /** The import of the same file, for good. Throws `Conflict` for what is no completed dry run. */
  async confirm(trx: TransactionClientContract): Promise<Import> {
    if (!this.dryRun) throw new Conflict('Only a dry run is confirmed.')
    if (this.status !== 'completed') throw new Conflict(`The dry run is ${this.status}.`)
    if (this.accountId === null) throw new Conflict('The account of the dry run is gone.')

    const { userId, accountId, format, fileName, fileKey, fileSize, fileDigest, mapping } = this
    const file = { userId, accountId, format, fileName, fileKey, fileSize, fileDigest, mapping }
    const { detection, profileId, saveProfile, restoreDeleted, id: dryRunId } = this
    const record = await Import.create(
      { ...file, detection, profileId, saveProfile, restoreDeleted, dryRunId },
      { client: trx }
    )
    await record.refresh()
    return record
  }
}
