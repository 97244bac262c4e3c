import { randomUUIDv7 } from 'node:crypto'
import { DateTime } from 'luxon'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ReconciliationSchema } from '#database/schema'
import { Conflict, ValidationFailed } from '#core/http/problem'

/** As many transactions as one statement proves: more would outlast a request. */
export const MOST_CLEARED = 10_000

/**
 * A bank's statement and the transactions it shows. While it is open they are
 * cleared; once it is completed they are reconciled and stay as they are.
 */
export default class Reconciliation extends ReconciliationSchema {
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(reconciliation: Reconciliation) {
    reconciliation.id ??= randomUUIDv7()
    reconciliation.status ??= 'open'
  }

  static async lock(id: string, trx: TransactionClientContract): Promise<Reconciliation> {
    return this.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
  }

  /** Throws `Conflict` once it is completed. */
  requireOpen() {
    if (this.status !== 'open') throw new Conflict('The reconciliation is completed.')
  }

  /** A later one begins with what this one has proven. Throws `Conflict` when there is one. */
  async requireLast(trx: TransactionClientContract) {
    const later = await Reconciliation.query({ client: trx })
      .where('accountId', this.accountId)
      .where('id', '>', this.id)
      .first()
    if (later) throw new Conflict('A later reconciliation of the account builds on this one.')
  }

  /** Statements follow each other, and none is of the future. Throws `ValidationFailed`. */
  async requireProgress(trx: TransactionClientContract) {
    this.#refuseFuture()
    const later = await Reconciliation.query({ client: trx })
      .where({ accountId: this.accountId, status: 'completed' })
      .where('statementDate', '>', this.statementDate)
      .first()
    if (!later) return
    throw ValidationFailed.field(
      'statementDate',
      'afterOrEqual',
      `The account is reconciled up to ${later.statementDate}`
    )
  }

  /** Tomorrow's may be: somewhere it is that day. */
  #refuseFuture() {
    const tomorrow = DateTime.utc().plus({ days: 1 }).toISODate()
    if (this.statementDate <= tomorrow) return
    throw ValidationFailed.field('statementDate', 'beforeOrEqual', 'The day is not over yet')
  }

  /** Clears everything of the account up to the day that no statement has shown yet. */
  async clearAll(trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM transactions WHERE account_id = ? AND booked_on <= ? AND reconciliation_id IS NULL LIMIT ?
       ) AS uncleared`,
      [this.accountId, this.statementDate, MOST_CLEARED + 1]
    )
    if (rows[0].count > MOST_CLEARED) {
      const message = `More than ${MOST_CLEARED} transactions were booked until then: begin with an earlier statement`
      throw ValidationFailed.field('statementDate', 'tooMany', message)
    }
    await trx
      .from('transactions')
      .where('account_id', this.accountId)
      .where('booked_on', '<=', this.statementDate)
      .whereNull('reconciliation_id')
      .update({ reconciliation_id: this.id })
  }

  /** Clears these, and none else. Throws `ValidationFailed`. */
  async clearOnly(ids: string[], trx: TransactionClientContract) {
    await this.#cleared(trx).whereNotIn('id', ids).update({ reconciliation_id: null })
    const cleared = await trx
      .from('transactions')
      .where('account_id', this.accountId)
      .where('booked_on', '<=', this.statementDate)
      .where((query) => query.whereNull('reconciliation_id').orWhere('reconciliation_id', this.id))
      .whereIn('id', ids)
      .update({ reconciliation_id: this.id })
    if (Number(cleared) === new Set(ids).size) return
    const message =
      'Not all of them are on the account, booked until the day, and not reconciled yet'
    throw ValidationFailed.field('transactionIds', 'clearable', message)
  }

  /** What was cleared and booked until the day is reconciled; the rest waits for the next one. */
  async complete(trx: TransactionClientContract) {
    await this.#cleared(trx)
      .where('booked_on', '>', this.statementDate)
      .update({ reconciliation_id: null })
    await this.#cleared(trx).update({ reconciled: true })
    await this.#decide('completed', trx)
  }

  /** What is cleared can change again; a booked difference goes. */
  async reopen(trx: TransactionClientContract) {
    await this.#cleared(trx).update({ reconciled: false })
    await this.#dropAdjustment(trx)
    await this.#decide('open', trx)
  }

  async discard(trx: TransactionClientContract) {
    await this.#cleared(trx).update({ reconciled: false, reconciliation_id: null })
    await this.#dropAdjustment(trx)
    await this.useTransaction(trx).delete()
  }

  async #dropAdjustment(trx: TransactionClientContract) {
    if (this.adjustmentId) await trx.from('transactions').where('id', this.adjustmentId).delete()
    this.adjustmentId = null
  }

  async #decide(status: Reconciliation['status'], trx: TransactionClientContract) {
    await trx
      .from('reconciliations')
      .where('id', this.id)
      .update({
        status,
        adjustment_id: this.adjustmentId ?? null,
        completed_at: status === 'completed' ? trx.raw('now()') : null,
        updated_at: trx.raw('clock_timestamp()'),
      })
  }

  #cleared(trx: TransactionClientContract) {
    return trx.from('transactions').where({
      account_id: this.accountId,
      reconciliation_id: this.id,
    })
  }
}
