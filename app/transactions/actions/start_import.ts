import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import Account from '#wallet/models/account'
import type { CsvMapping } from '#transactions/domain/csv/mapping'
import ImportTransactions from '#transactions/jobs/import_transactions'
import Import from '#transactions/models/import'
import type { StoredFile } from '#transactions/services/import_files'
import type User from '#users/models/user'

interface Input {
  actor: User
  file: StoredFile
  accountId: string
  format: Import['format']
  mapping?: CsvMapping
  dryRun: boolean
  /** For whoever reads it themselves: after so many seconds the worker does what is left. */
  workerAfter?: number
}

/** Takes an uploaded file in; the worker reads it. */
export default class StartImport {
  async handle({ actor, file, accountId, format, mapping, dryRun, workerAfter }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const account = await Account.findReferenced(accountId, 'accountId', trx)
      const record = await Import.create(
        {
          userId: actor.id,
          accountId: account.id,
          format,
          fileName: file.name,
          fileKey: file.key,
          fileSize: file.size,
          fileDigest: file.sha256,
          mapping: mapping ?? null,
          dryRun,
        },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'import.started', subject: record, userId: actor.id },
        trx
      )
      const payload = { userId: actor.id, importId: record.id }
      await outbox.enqueue(ImportTransactions, payload, trx, { delaySeconds: workerAfter })
      await record.refresh()
      return record
    })
  }
}
