import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import WriteExport from '#files/jobs/write_export'
import Export from '#files/models/export'
import type User from '#users/models/user'

/** Has all of a user's data gathered by the worker. While that is under way, asking again is the same wish. */
export default class RequestExport {
  async handle({ actor }: { actor: User }) {
    return tenant.transaction(actor.id, async (trx) => {
      const underWay = await Export.underWay(actor.id, trx)
      if (underWay) return underWay

      const record = await Export.create({ userId: actor.id }, { client: trx })
      await audit.record(
        { actor, action: 'export.requested', subject: record, userId: actor.id },
        trx
      )
      await outbox.enqueue(WriteExport, { userId: actor.id, exportId: record.id }, trx)
      await record.refresh()
      return record
    })
  }
}
