import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import { RemoveCreatedNames } from '#transactions/actions/remove_created_names'
import { TakeBackAcceptance } from '#transactions/actions/take_back_acceptance'
import Import from '#transactions/models/import'
import Proposal from '#transactions/models/proposal'
import { ReversalObstacles } from '#transactions/queries/reversal_obstacles'

interface Payload {
  userId: string
  importId: string
  /** Who asked for it; the user, for jobs that were waiting before this was said. */
  actorId?: string
}

/**
 * Brings the ledger back to before an import: what it created goes, changed by
 * hand since or not, what was merged or linked because of it is what it was, and
 * its file can be imported again. Its rows keep their verdicts. What a statement has
 * proven since it was asked for stands in the way: the import says so.
 */
export default class UndoImport {
  async handle({ userId, importId, actorId = userId }: Payload) {
    await tenant.ledger(userId, async (trx) => {
      await trx.rawQuery(`SET LOCAL statement_timeout = '10min'`)
      const record = await Import.query({ client: trx }).where('id', importId).forUpdate().first()
      if (!record || record.status === 'reverted') return

      const obstacles = await new ReversalObstacles().handle(readerOf(trx), userId, importId)
      if (obstacles) {
        await record.noteReversal({ code: 'reconciled', detail: obstacles }, trx)
        return this.#note('import.reversal-refused', record, trx)
      }

      await this.#takeBack(record, trx)
      await new RemoveCreatedNames().handle(record, trx)
      await record.revert(actorId, trx)
      await this.#note('import.reverted', record, trx)
    })
  }

  /** Nothing has changed but that the import says so. */
  async giveUp({ userId, importId }: Payload) {
    await tenant.transaction(userId, async (trx) => {
      const record = await Import.query({ client: trx }).where('id', importId).forUpdate().first()
      if (!record || record.status === 'reverted') return
      const detail = 'Finora could not take it back. Everything is as it was; ask for it again.'
      await record.noteReversal({ code: 'interrupted', detail }, trx)
      await this.#note('import.reversal-failed', record, trx)
    })
  }

  async #takeBack({ userId, id: importId }: Import, trx: TransactionClientContract) {
    const reader = readerOf(trx)
    for (const id of await new ReversalObstacles().acceptances(reader, userId, importId)) {
      const proposal = await Proposal.lock(id, trx)
      await new TakeBackAcceptance().handle(proposal, trx)
      await proposal.close(trx)
    }
    await reader.query(FREE, [userId, importId])
    await reader.query(`SET LOCAL finora.frees_identities = 'on'`)
    await reader.query(`DELETE FROM transactions WHERE user_id = $1 AND import_id = $2`, [
      userId,
      importId,
    ])
    await reader.query(`SET LOCAL finora.frees_identities = 'off'`)
  }

  async #note(action: string, record: Import, trx: TransactionClientContract) {
    await audit.record({ actor: 'system', action, subject: record, userId: record.userId }, trx)
  }
}

/** What a person had deleted of it, or replaced, is as unknown as the rest. */
const FREE = `
  UPDATE transaction_tombstones SET identity = NULL, replaced_by = NULL
  WHERE user_id = $1 AND import_id = $2 AND (identity IS NOT NULL OR replaced_by IS NOT NULL)
`
