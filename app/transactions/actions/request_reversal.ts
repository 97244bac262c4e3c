import { outbox } from '#core/database/outbox'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import RevertImport from '#transactions/jobs/revert_import'
import Import from '#transactions/models/import'
import type User from '#users/models/user'

/** Has an import taken back by the worker. Throws `Conflict` while it is being read. */
export default class RequestReversal {
  async handle({ actor, id }: { actor: User; id: string }) {
    return tenant.transaction(actor.id, async (trx) => {
      const record = await Import.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (!record.isOver) throw new Conflict('The import is still being read.')

      if (record.status !== 'reverted') {
        await outbox.enqueue(RevertImport, { userId: actor.id, importId: id }, trx)
        await audit.record(
          { actor, action: 'import.reversal-requested', subject: record, userId: actor.id },
          trx
        )
      }
      return record
    })
  }
}
