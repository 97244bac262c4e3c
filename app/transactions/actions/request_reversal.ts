import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { outbox } from '#core/database/outbox'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import { Conflict, Reconciled } from '#core/http/problem'
import RevertImport from '#transactions/jobs/revert_import'
import Import from '#transactions/models/import'
import { ReversalObstacles } from '#transactions/queries/reversal_obstacles'
import type User from '#users/models/user'

/**
 * Has an import taken back by the worker. Throws `Conflict` while it is being
 * read, `Reconciled` when a statement has proven what it created or changed.
 */
export default class RequestReversal {
  async handle({ actor, id }: { actor: User; id: string }) {
    return tenant.transaction(actor.id, async (trx) => {
      const record = await Import.lock(id, trx)
      if (!record.isOver) throw new Conflict('The import is still being read.')
      if (record.status === 'reverted') return record

      await this.#refuseReconciled(record, trx)
      await record.noteReversal(null, trx)
      const ids = { userId: actor.id, importId: id, actorId: actor.id }
      await outbox.enqueue(RevertImport, ids, trx)
      await audit.record(
        { actor, action: 'import.reversal-requested', subject: record, userId: actor.id },
        trx
      )
      return record
    })
  }

  async #refuseReconciled({ userId, id }: Import, trx: TransactionClientContract) {
    const obstacles = await new ReversalObstacles().handle(readerOf(trx), userId, id)
    if (obstacles) throw new Reconciled(obstacles)
  }
}
