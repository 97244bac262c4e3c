import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { NotFound, ValidationFailed } from '#core/http/problem'
import { ApplyOverride } from '#transactions/actions/apply_override'
import Import from '#transactions/models/import'
import Transaction from '#transactions/models/transaction'
import { type JudgedRow, JudgedRows, type Override } from '#transactions/queries/judged_rows'
import type User from '#users/models/user'

interface Input extends Omit<Override, 'transactionId'> {
  actor: User
  importId: string
  transactionId?: string
  precondition: Precondition<JudgedRow>
}

/**
 * Takes a person's word for what a row is. In an import it holds at once; in a
 * dry run it is kept for the confirmation. Throws `Conflict` while the import is
 * being read, after it was taken back, or once the dry run is confirmed.
 */
export default class OverrideRow {
  async handle({ actor, importId, precondition, transactionId = undefined, ...said }: Input) {
    const override = { ...said, transactionId: transactionId ?? null }
    await tenant.ledger(actor.id, async (trx) => {
      const record = await Import.lock(importId, trx)
      await record.requireReviewable(trx)
      const row = await new JudgedRows().handle(readerOf(trx), importId, override.number)
      if (!row) throw new NotFound()
      await precondition(row, trx)
      this.#requireSense(row, override)
      if (transactionId && !(await Transaction.find(transactionId, { client: trx }))) {
        throw ValidationFailed.field('transactionId', 'exists', 'There is no such transaction')
      }

      if (record.dryRun) await this.#remember(record, row, override, trx)
      else await new ApplyOverride().handle(record, row, override, trx)
      const data = { number: override.number, verdict: override.verdict }
      await audit.record(
        { actor, action: 'import.row-overridden', subject: record, data, userId: actor.id },
        trx
      )
    })
  }

  async #remember(record: Import, row: JudgedRow, said: Override, trx: TransactionClientContract) {
    await readerOf(trx).query(
      `UPDATE import_rows SET verdict = $3, rule = 'override', transaction_id = $4
       WHERE import_id = $1 AND number = $2`,
      [record.id, said.number, said.verdict, said.transactionId]
    )
    await record.recount(row.verdict, said.verdict, trx)
  }

  #requireSense(row: JudgedRow, { verdict, transactionId }: Override) {
    if (row.verdict === 'rejected') {
      const message = 'A rejected row cannot be booked: correct it in rejected.csv and upload that'
      throw ValidationFailed.field('verdict', 'rejected', message)
    }
    if (verdict === 'imported' && transactionId) {
      throw ValidationFailed.field(
        'transactionId',
        'prohibited',
        'Only a duplicate is one of another'
      )
    }
    if (verdict === 'duplicate' && !transactionId) {
      throw ValidationFailed.field(
        'transactionId',
        'required',
        'Say which transaction it duplicates'
      )
    }
    if (row.verdict === 'imported' && row.transactionId && row.transactionId === transactionId) {
      throw ValidationFailed.field('transactionId', 'different', 'The row itself became this one')
    }
  }
}
