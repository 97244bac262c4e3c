import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Import from '#transactions/models/import'

/** Removes every transaction an import created; the file can be imported again. */
export default class UndoImport {
  async handle({ userId, importId }: { userId: string; importId: string }) {
    await tenant.ledger(userId, async (trx) => {
      await trx.rawQuery(`SET LOCAL statement_timeout = '10min'`)
      const record = await Import.query({ client: trx }).where('id', importId).forUpdate().first()
      if (!record || record.status === 'reverted') return

      await record.revert(trx)
      await audit.record(
        { actor: 'system', action: 'import.reverted', subject: record, userId },
        trx
      )
    })
  }
}
