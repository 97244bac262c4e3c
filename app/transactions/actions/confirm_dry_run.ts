import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import ImportTransactions from '#transactions/jobs/import_transactions'
import Import from '#transactions/models/import'
import type User from '#users/models/user'

/**
 * Has the file of a dry run imported, with what a person said of its rows. A dry
 * run is confirmed once: after that, its import is all there is to tell. Throws
 * `Conflict` for what is no completed dry run.
 */
export default class ConfirmDryRun {
  async handle({ actor, id }: { actor: User; id: string }): Promise<Import> {
    return tenant.transaction(actor.id, async (trx) => {
      const dryRun = await Import.lock(id, trx)
      const confirmed = await dryRun.confirmation(trx)
      if (confirmed) return confirmed

      const record = await dryRun.confirm(trx)
      await audit.record(
        {
          actor,
          action: 'import.confirmed',
          subject: record,
          data: { dryRunId: id },
          userId: actor.id,
        },
        trx
      )
      await outbox.enqueue(ImportTransactions, { userId: actor.id, importId: record.id }, trx)
      return record
    })
  }
}
